import type { LawRule } from './lawTypes'
import type { Key, Maybe } from './types'

/** The shapes of what administrators keep: people, units, settings, homes, accounts, adoptions. */
export interface AccountState { account: string; locked_until?: Maybe<string>; must_change?: boolean; sessions?: Maybe<number> }
export interface Person {
  key: string; name: string; unit?: Maybe<string>; unit_name?: Maybe<string>; village?: Maybe<string>; village_name?: Maybe<string>
  posts: Key[]; account?: Maybe<AccountState>
}
export interface PersonChange { key?: string; name?: string; unit?: string; village?: string; posts?: string[] }
export interface Post extends Key {
  reads?: Maybe<{ kind: string; label: string; scope: string; scope_label: string }[]>; never_with?: Maybe<Key[]>
  manages?: boolean; grants?: boolean; audits?: boolean; publishes?: boolean
}
export interface OrgItem { key: string; name: string; type: string; type_label?: Maybe<string>; since?: Maybe<string>; until?: Maybe<string> }
export interface Orgs { items: OrgItem[]; types: Key[] }
export interface OrgChange { key?: string; name?: string; type?: string; since?: string | null; until?: string | null }
export interface Written { key: string; entry: number }

export type SettingValue = string | number | boolean | Record<string, string> | null
export interface Setting {
  key: string; label: string; value?: Maybe<SettingValue>; text?: Maybe<string>; unit?: Maybe<string>; source?: Maybe<string>
  certainty?: Maybe<string>; certainty_label?: Maybe<string>; own?: boolean; default?: Maybe<SettingValue>; table?: Maybe<{ key: string; value: string }[]>
}
export interface Moved {
  kind: string; kind_label: string; id: number; number?: Maybe<string>; what: string; what_label: string; before?: Maybe<string>; after?: Maybe<string>
}
export interface SettingWritten { key: string; entry?: Maybe<number>; moved: Moved[] }
export interface Adopted { moved: Moved[]; years?: Maybe<number[]>; entry?: Maybe<number> }
export interface HomeItem { kind: string; label: string; home?: Maybe<string>; default?: Maybe<string>; here?: boolean }
export interface Why { may: boolean; says: string[]; guards?: Maybe<(Key & { may: boolean })[]> }

type Cited = Key & { law?: Maybe<string[]> }
export interface KindReading {
  diagram?: Maybe<string>
  deadlines?: Maybe<(Key & { law?: Maybe<string>; within?: Maybe<string>; bears_label?: Maybe<string> })[]>
  gates?: Maybe<{ key: string; says: string; law?: Maybe<string[]> }[]>; rules?: Maybe<LawRule[]>
  forms?: Maybe<(Cited & { act: string })[]>; duties?: Maybe<Cited[]>; checks?: Maybe<Cited[]>
  figures?: Maybe<(Key & { unit: string; definition: string })[]>; roles?: Maybe<(Key & { scope_label: string })[]>
}
