// Each answer of the API tests against the schema that the OpenAPI document gives for it.
//
//   node check.mjs FOLDER      with openapi.json and answers.jsonl in it (api_test.py writes both)
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const folder = process.argv[2]
const document = JSON.parse(readFileSync(join(folder, 'openapi.json'), 'utf8'))
const answers = readFileSync(join(folder, 'answers.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line))

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addSchema({ $id: 'https://zhunsheng.invalid/openapi', components: document.components })

const routes = Object.entries(document.paths).map(([path, operations]) => ({
  path,
  operations,
  steps: path.split('/'),
  names: (path.match(/\{/g) ?? []).length,
}))
const routeOf = (path) => {
  const steps = path.split('/')
  return routes
    .filter((route) => route.steps.length === steps.length && route.steps.every((s, i) => s.startsWith('{') || s === steps[i]))
    .sort((a, b) => a.names - b.names)[0]
}

const compiled = new Map()
const validatorOf = (key, schema) => {
  if (!compiled.has(key)) {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"https://zhunsheng.invalid/openapi#/components')
    compiled.set(key, ajv.compile(JSON.parse(text)))
  }
  return compiled.get(key)
}

const failures = new Map()
const seen = new Set()
const fail = (key, why) => failures.set(key, failures.get(key) ?? why)
for (const answer of answers) {
  const route = routeOf(answer.path)
  const operation = route?.operations[answer.method.toLowerCase()]
  if (!operation) continue // what is no route is answered 404 or 405: the tests ask for that too
  const key = `${answer.method} ${route.path} ${answer.status}`
  const response = operation.responses[answer.status]
  if (!response) {
    fail(key, 'this status is not in the document')
    continue
  }
  const content = Object.values(response.content ?? {})[0]
  if (!content) continue
  seen.add(`${answer.method} ${route.path}`)
  const valid = validatorOf(key, content.schema)
  if (!valid(answer.body))
    fail(
      key,
      valid.errors
        .filter((e) => e.keyword !== 'anyOf')
        .slice(0, 4)
        .map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`)
        .join('\n      '),
    )
}
const operations = routes.flatMap((route) => Object.keys(route.operations).map((method) => `${method.toUpperCase()} ${route.path}`))
const unseen = operations.filter(
  (operation) =>
    !seen.has(operation) &&
    Object.entries(document.paths[operation.split(' ')[1]][operation.split(' ')[0].toLowerCase()].responses).some(
      ([status, response]) => status.startsWith('2') && response.content,
    ),
)
for (const operation of unseen) fail(operation, 'no test has an answer of this operation with a schema')
for (const [key, why] of failures) console.error(`FAILED: ${key}\n      ${why}`)
console.log(`${answers.length} answers of ${seen.size} operations against their schemas, ${failures.size} failed`)
process.exit(failures.size ? 1 : 0)
