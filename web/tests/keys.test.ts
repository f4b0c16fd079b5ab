import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'

const root = join(import.meta.dirname, '../src')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.(vue|ts)$/.test(name) && !name.startsWith('locales'),
)
const texts = sources.map((name) => [name, readFileSync(join(root, name), 'utf8')] as const)

const lookUp = (path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((node, key) => (node && typeof node === 'object' ? (node as Record<string, unknown>)[key] : undefined), zh)

it('has a text for every key that a page uses', () => {
  const missing = texts.flatMap(([name, text]) =>
    [...text.matchAll(/\b(?:t|tm|te)\(\s*'([\w.]+)'/g)]
      .map((match) => match[1] ?? '')
      .filter((key) => lookUp(key) === undefined)
      .map((key) => `${name}: ${key}`),
  )
  expect(missing).toEqual([])
})

it('has a branch for every key that ends in a variable', () => {
  const missing = texts.flatMap(([name, text]) =>
    [...text.matchAll(/\bt\(\s*`([\w.]+)\.\$\{/g)]
      .map((match) => match[1] ?? '')
      .filter((key) => typeof lookUp(key) !== 'object')
      .map((key) => `${name}: ${key}`),
  )
  expect(missing).toEqual([])
})

it('names no Chinese text outside the locales', () => {
  const stray = texts.flatMap(([name, text]) => {
    const template = /<template>[\s\S]*<\/template>/.exec(text)?.[0] ?? ''
    return [...template.replace(/<!--[\s\S]*?-->/g, '').matchAll(/[\u4e00-\u9fff]{2,}/g)].map((match) => `${name}: ${match[0]}`)
  })
  expect(stray).toEqual([])
})

it('has no bar in a text: it would part plural forms', () => {
  const barred = (node: object, path = ''): string[] =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'object' ? barred(value as object, `${path}${key}.`) : String(value).includes('|') ? [`${path}${key}`] : [],
    )
  expect([...barred(zh), ...barred(en)]).toEqual([])
})
