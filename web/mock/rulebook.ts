import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Action, Ask, Field, Key, Kind, Rulebook } from '../src/api/types'

/** Turns the rulebook's YAML into what GET /rulebook answers, well enough to draw pages with. */
type Yaml = Record<string, unknown>
const rec = (value: unknown): Yaml => (value && typeof value === 'object' && !Array.isArray(value) ? (value as Yaml) : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value])
const texts = (value: unknown): string[] => list(value).filter((each): each is string => typeof each === 'string')
const labelOf = (value: unknown, key: string): string => (typeof value === 'string' ? value : String(rec(value).label ?? key))

export interface Gate {
  says: string
  law: string[]
  warns: boolean
}
export interface MockKind extends Kind {
  gates: Record<string, Gate>
  requires: Record<string, string[]>
  titles: string[]
}
export interface MockBook {
  book: Rulebook
  kinds: Map<string, MockKind>
  figures: Yaml
  rules: Record<string, { law: string; label: string; within: string }>
}

export function loadBook(dir: string): MockBook {
  const read = (path: string): Yaml => rec(parse(readFileSync(join(dir, path), 'utf8')))
  const lists = read('lists.yaml')
  const groups = Object.fromEntries(readdirSync(join(dir, 'groups')).map((file) => [file.replace('.yaml', ''), read(`groups/${file}`)]))
  const rules: MockBook['rules'] = {}
  for (const file of readdirSync(join(dir, 'law'))) {
    const law = read(`law/${file}`)
    const all = rec(law.all)
    for (const [id, value] of Object.entries(law)) {
      const rule = rec(value)
      if (id === 'all' || !rule.label) continue
      rules[id] = {
        law: `《${String(rule.law ?? all.law ?? '').split('@')[0]}》${String(rule.article ?? '')}`,
        label: String(rule.label),
        within: String(rule.within ?? ''),
      }
    }
  }
  const optionsOf = (raw: unknown): Key[] => {
    const options = rec(raw)
    const from = typeof options.list === 'string' ? rec(rec(lists[options.list]).options ?? lists[options.list]) : options
    return Object.entries(from).map(([key, value]) => ({ key, label: labelOf(value, key) }))
  }
  const fieldOf = (key: string, raw: unknown): Field => {
    const field = rec(raw)
    return {
      key,
      label: labelOf(raw, key),
      type: String(field.type ?? 'text') as Field['type'],
      guard: typeof field.guard === 'string' ? field.guard : 'internal',
      computed: field.computed !== undefined,
      options: field.options ? optionsOf(field.options) : undefined,
      to: texts(field.to),
      asks: texts(field.asks),
      columns: field.columns ? Object.entries(rec(field.columns)).map(([column, value]) => fieldOf(column, value)) : undefined,
    }
  }
  const asksOf = (raw: unknown): Ask[] =>
    list(raw).map((each) =>
      typeof each === 'string' ? { field: each, conditional: false } : { field: String(rec(each).field), conditional: true },
    )
  const kinds = new Map<string, MockKind>()
  for (const file of readdirSync(join(dir, 'kinds'))) {
    const key = file.replace('.yaml', '')
    const raw = read(`kinds/${file}`)
    const used = texts(raw.use).map((group) => groups[group] ?? {})
    const fields = [...Object.entries(rec(raw.fields)), ...used.flatMap((group) => Object.entries(rec(group.fields)))].map(
      ([name, value]) => fieldOf(name, value),
    )
    fields.push(
      { key: 'unit', label: '承办机构', type: 'org' },
      { key: 'village', label: '村（社区）', type: 'org' },
      { key: 'handler', label: '承办人', type: 'staff' },
    )
    const requires: Record<string, string[]> = {}
    const actions = Object.entries(rec(raw.actions)).map(([name, value]): Action => {
      const action = rec(value)
      requires[name] = texts(action.requires)
      return {
        key: name,
        label: labelOf(value, name),
        from: action.from === 'any' ? [] : texts(action.from),
        any: action.from === 'any',
        to: typeof action.to === 'string' ? action.to : null,
        creates: action.from === undefined,
        decides: texts(action.decides),
        signed_paper: action.signed_paper === 'required',
        needs: asksOf(action.needs),
        asks: asksOf(action.asks),
        adds: texts(action.adds),
        edits: rec(action.edits) as Record<string, string[]>,
        clears: texts(action.clears),
      }
    })
    const gates: Record<string, Gate> = {}
    for (const [name, value] of [...Object.entries(rec(raw.gates)), ...used.flatMap((group) => Object.entries(rec(group.gates)))]) {
      const gate = rec(value)
      if (gate.says)
        gates[name] = {
          says: String(gate.says),
          law: texts(gate.rule).map((id) => rules[id.split('.')[0] ?? '']?.law ?? id),
          warns: gate.warns === 'yes' || gate.warns === true,
        }
    }
    kinds.set(key, {
      key,
      label: String(raw.label),
      part: String(raw.part),
      measure: String(raw.measure ?? ''),
      home: raw.home ? String(raw.home) : null,
      states: Object.entries(rec(raw.states)).map(([state, value]) => ({
        key: state,
        label: labelOf(value, state),
        final: rec(value).final !== undefined,
      })),
      fields,
      actions,
      gates,
      requires,
      titles: texts(raw.title),
      deadlines: Object.entries(rec(raw.deadlines)).map(([name, value]) => {
        const rule = list(rec(value).rule).map((each) => (typeof each === 'string' ? each : String(rec(each).rule)))[0] ?? ''
        return { key: name, label: labelOf(value, name), bears: String(rec(value).bears ?? ''), law: rules[rule]?.law ?? '' }
      }),
      numbers: Object.entries(rec(raw.numbers)).map(([name, value]) => ({
        key: name,
        label: labelOf(value, name),
        outside: rec(value).outside !== undefined,
      })),
      quick: Object.entries(rec(raw.quick)).map(([name, value]) => ({
        key: name,
        label: labelOf(value, name),
        does: texts(rec(value).does),
      })),
    })
  }
  const main = read('rulebook.yaml')
  const orgs = [
    ['sifa', '司法所', 'unit'],
    ['petition-office', '信访办', 'unit'],
    ['office', '党政办', 'unit'],
    ['fire', '消防工作站', 'unit'],
    ['enforce', '综合执法队', 'unit'],
    ...['绳直村', '矩方村', '准平村', '规圆村', '度尺村', '量斗村', '权正村', '衡平村'].map((name, i) => [
      `village-${i + 1}`,
      name,
      'village',
    ]),
    ['community-1', '墨池社区', 'community'],
    ['community-2', '铅锤社区', 'community'],
  ].map(([key = '', name = '', type = '']) => ({ key, name, type }))
  const staff = [
    ['s-lin', '林某', 'sifa', 'petition-clerk'],
    ['s-sun', '孙某', 'sifa', 'petition-clerk'],
    ['s-zheng', '郑某', 'petition-office', 'unit-head'],
    ['s-zhou', '周某', 'enforce', 'officer'],
    ['s-wu', '吴某', 'enforce', 'officer'],
    ['s-wang', '王某', 'office', 'deputy'],
    ['s-he', '何某', 'office', 'mayor'],
  ].map(([key = '', name = '', unit = '', post = '']) => ({ key, name, unit, posts: [post] }))
  return {
    kinds,
    rules,
    figures: read('figures.yaml'),
    book: {
      name: String(main.name),
      version: String(main.version),
      parts: Object.entries(rec(main.parts)).map(([key, value]) => ({ key, label: labelOf(value, key) })),
      kinds: [...kinds.values()].map(({ gates: _g, requires: _r, titles: _t, ...kind }) => kind),
      rules,
      orgs,
      staff,
    },
  }
}
