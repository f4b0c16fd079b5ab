// Every file of the rulebook against the schema that the program prints for its type; and that a schema can refuse.
//
//   schemas.mjs PROGRAM RULEBOOK_FOLDER
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import Ajv from 'ajv'
import { parse } from 'yaml'

const [program, folder] = process.argv.slice(2)
const run = (...args) => execFileSync(program, ['--rulebook', folder, 'rulebook', ...args], { encoding: 'utf8' })

// kinds/*.yaml → a test of paths.
const matcher = (files) => new RegExp('^' + files.replace(/[.]/g, '\\.').replace('*', '[^/]+') + '$')
const types = run('schema')
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
  .map(([name, files]) => ({
    name,
    fits: matcher(files),
    check: new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(run('schema', name))),
  }))

const walk = (at) => readdirSync(at).flatMap((name) => (statSync(join(at, name)).isDirectory() ? walk(join(at, name)) : [join(at, name)]))
const head = (text) => text.split('\n---\n')[0].replace(/^---\n/, '')

let failed = 0
const fail = (said) => {
  failed += 1
  console.error(said)
}

let checked = 0
for (const path of walk(folder)) {
  const file = relative(folder, path)
  const type = types.find((each) => each.fits.test(file))
  if (!type) {
    if (!file.startsWith('report/')) fail(`${file}: no schema fits`)
    continue
  }
  const text = readFileSync(path, 'utf8')
  const value = parse(file.endsWith('.md') ? head(text) : text)
  checked += 1
  if (!type.check(value))
    for (const error of type.check.errors.slice(0, 5)) fail(`${file}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)
}

// Each of these must be refused.
const wrong = [
  ['kind', { label: '一本', part: 'resolve', measure: '件', states: {}, fields: {}, actions: {}, staes: {} }],
  ['kind', { label: '一本', part: 'no_such_part', measure: '件', states: {}, fields: {}, actions: {} }],
  ['kind', { label: '一本', part: 'resolve', measure: '件', states: {}, fields: { a: { label: '甲', type: 'txt' } }, actions: {} }],
  [
    'kind',
    {
      label: '一本',
      part: 'resolve',
      measure: '件',
      states: {},
      fields: {},
      actions: {},
      gates: { g: { says: '不行', rule: 'no-such-rule', a: 'present' } },
    },
  ],
  ['law', { 'a-rule': { within: '15 dayz' } }],
  ['figures', { a: { label: '甲' } }],
  ['duties', { a: { label: '甲', rule: 'no-such-rule', figure: 'petition_cases' } }],
  ['roles', { a: { label: '甲', reads: { no_such_kind: 'town' } } }],
  ['form', { label: '甲', elemnts: [] }],
  ['report_lists', { a: { label: '甲', of: 'no_such_figure', shows: { b: 'c' } } }],
  [
    'kind',
    {
      label: '一本',
      part: 'resolve',
      measure: '件',
      states: {},
      fields: { a: { label: '甲', type: 'text', at_most: 'many' } },
      actions: {},
    },
  ],
]
for (const [name, value] of wrong) {
  if (types.find((each) => each.name === name).check(value)) fail(`the schema of ${name} takes ${JSON.stringify(value)}`)
}

console.log(`schemas: ${types.length} types, ${checked} files, ${wrong.length} wrong ones`)
process.exit(failed ? 1 : 0)
