import type { CheckCell, CheckColumn, CheckLine, CheckSheet, CheckTotals, Verdict } from '@/api/checkTypes'

/** The columns of which some line says anything: kinds share a sheet, and not each fills all of it. */
export const filledColumns = (sheet: CheckSheet): CheckColumn[] =>
  sheet.columns.filter((column) => column.total || sheet.lines.some((line) => line.cells[column.key]?.text))

/** Lines one by one, and behind the lines of a group its sum. */
export type Entry = { line: CheckLine } | { group: CheckTotals & { text: string } }
export function entriesOf(sheet: CheckSheet, lines: CheckLine[]): Entry[] {
  if (!sheet.groups_by) return lines.map((line) => ({ line }))
  const groupOf = (line: CheckLine) => line.cells[sheet.groups_by]?.text ?? ''
  return sheet.groups.flatMap((group) => {
    const own = lines.filter((line) => groupOf(line) === group.text)
    return own.length ? [...own.map((line): Entry => ({ line })), { group }] : []
  })
}

export const toneOf = (verdict: Verdict): 'over' | 'near' | 'done' =>
  verdict === 'differs' ? 'over' : verdict === 'unproven' ? 'near' : 'done'

/** How a verdict of gates or of a deadline reads: what is wrong is said in colour too. */
export function cellTone(column: CheckColumn, cell?: CheckCell): '' | 'bad' | 'open' {
  if (!cell?.value) return ''
  if (column.type === 'gates') return cell.value === 'breached' ? 'bad' : cell.value === 'unproven' || cell.value === 'warned' ? 'open' : ''
  return cell.value === 'late' || cell.value === 'overdue' ? 'bad' : ''
}

/** Numbers stand to the right. */
export const isNumber = (column: CheckColumn): boolean => column.type === 'money' || column.type === 'count'

/** What stands behind the verdicts of a line: which act was held to what. */
export const seenOf = (line: CheckLine, columns: CheckColumn[]): { column: string; seen: string[] }[] =>
  columns.flatMap((column) => {
    const seen = line.cells[column.key]?.seen
    return seen?.length ? [{ column: column.label, seen }] : []
  })
