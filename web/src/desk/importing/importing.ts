import type { Group, ImportAsk, ImportColumn, ImportJob, LookSheet } from '@/api/importTypes'
import type { Key, Kind, Maybe } from '@/api/types'

export const groupOrder: Group[] = ['new', 'changed', 'unchanged', 'refused']

/** Which field each column goes to, as it is sent: an empty one goes nowhere, and is not matched again. */
export function columnMap(columns: ImportColumn[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column.letter, column.field ?? '']))
}

/** The map with one column changed; a field is fed by one column only, so the other one lets go of it. */
export function moveColumn(map: Record<string, string>, letter: string, field: string): Record<string, string> {
  const kept = Object.entries(map).map(([each, to]): [string, string] => [each, field && to === field ? '' : to])
  return { ...Object.fromEntries(kept), [letter]: field }
}

/** What a column may go to, as the preview says; before it, whatever is entered, and the numbers given elsewhere. */
export function targetsOf(kind: Kind, offered?: Maybe<{ field: string; label: string }[]>): Key[] {
  if (offered?.length) return offered.map(({ field, label }) => ({ key: field, label }))
  return [
    ...(kind.numbers ?? []).map(({ key, label }) => ({ key, label })),
    ...kind.fields
      .filter((field) => !field.computed && field.type !== 'rows' && field.type !== 'files')
      .map(({ key, label }) => ({ key, label })),
  ]
}

/** The ledger that a sheet looks most like. */
export function likeliest(sheet: LookSheet): string {
  return [...sheet.kinds].sort((a, b) => b.matched - a.matched)[0]?.kind ?? ''
}
/** The sheet to begin with: the one that looks most like a ledger. */
export function bestSheet(sheets: LookSheet[]): LookSheet | undefined {
  const score = (sheet: LookSheet) => Math.max(0, ...sheet.kinds.map((kind) => kind.matched)) * 10000 + sheet.rows
  return [...sheets].sort((a, b) => score(b) - score(a))[0]
}

export const shareOf = ({ done, total }: ImportJob): number => (total > 0 ? Math.min(1, done / total) : 0)

/** The same question twice is asked once: what a preview depends on, in one text. */
export const keyOfAsk = (ask: ImportAsk): string =>
  JSON.stringify([
    ask.file,
    ask.sheet,
    ask.header_row,
    ask.kind,
    ask.as,
    ask.state ?? '',
    ask.year ?? 0,
    Object.entries(ask.constants ?? {}).sort(),
    ask.columns ? Object.entries(ask.columns).sort() : null,
  ])

export interface KeptJob {
  job: string
  name: string
  kind: string
}
/** A job goes on in the server while its page is left: its number stays on this device. */
export function keptJob(account: string, store: Pick<Storage, 'getItem'> = localStorage): KeptJob | null {
  try {
    const kept = JSON.parse(store.getItem(`zs:import:${account}`) ?? 'null') as KeptJob | null
    return kept && typeof kept.job === 'string' ? kept : null
  } catch {
    return null
  }
}
export function keepJob(account: string, kept: KeptJob | null, store: Pick<Storage, 'setItem' | 'removeItem'> = localStorage): void {
  if (kept) store.setItem(`zs:import:${account}`, JSON.stringify(kept))
  else store.removeItem(`zs:import:${account}`)
}
