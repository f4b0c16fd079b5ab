import type { Group, ImportAsk, ImportColumn, ImportJob, LookSheet } from '@/api/importTypes'
import type { Key, Kind } from '@/api/types'

export const groupOrder: Group[] = ['new', 'changed', 'unchanged', 'refused']

/** Which field each column goes to, as it is sent: columns that go nowhere are left out. */
export function columnMap(columns: ImportColumn[]): Record<string, string> {
  return Object.fromEntries(columns.flatMap((column) => (column.field ? [[column.letter, column.field]] : [])))
}

/** The map with one column changed; a field is fed by one column only, so the other one lets go of it. */
export function moveColumn(map: Record<string, string>, letter: string, field: string): Record<string, string> {
  const kept = Object.entries(map).filter(([each, to]) => each !== letter && to !== field)
  return Object.fromEntries(field ? [...kept, [letter, field]] : kept)
}

/** What a column may go to: whatever is entered, and the numbers given elsewhere; nothing computed. */
export function targetsOf(kind: Kind): Key[] {
  return [...(kind.numbers ?? []).map(({ key, label }) => ({ key, label })), ...kind.fields.filter((field) => !field.computed && field.type !== 'rows' && field.type !== 'files').map(({ key, label }) => ({ key, label }))]
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
export const keyOfAsk = (ask: ImportAsk): string => JSON.stringify([ask.file, ask.sheet, ask.header_row, ask.kind, ask.as, ask.state ?? '', Object.entries(ask.constants ?? {}).sort(), ask.columns ? Object.entries(ask.columns).sort() : null])

export interface KeptJob { job: string; name: string; kind: string }
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
