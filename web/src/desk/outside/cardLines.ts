import type { Kind, Rec, Shown } from '@/api/types'

/** One line of the card: what the outside system asks, and what is typed there. */
export interface CardLine {
  path: string
  label: string
  text: string
  masked: boolean
  field?: Shown
}

function lineOf(record: Rec, kind: Kind, path: string, label: string): CardLine[] {
  const [key = '', part = ''] = path.split(':')
  const declared = kind.fields.find((field) => field.key === key)
  const number = kind.numbers?.find((each) => each.key === key)
  if (number) return [{ path, label: label || number.label, text: record.numbers?.[key] ?? '', masked: false }]
  if (declared?.type === 'rows') {
    const table = record.rows?.find((each) => each.key === key)
    return (table?.rows ?? []).map((row) => ({
      path: `${path}/${row.number}`,
      label: `${label || declared.label} ${row.number}`,
      text: Object.values(row.cells)
        .map((cell) => cell?.text ?? '')
        .filter(Boolean)
        .join('，'),
      masked: Object.values(row.cells).some((cell) => (cell as { masked?: boolean } | null)?.masked),
    }))
  }
  const shown = record.fields.find((field) => field.key === key)
  const text = part ? (shown?.parts?.[part] ?? '') : (shown?.text ?? '')
  return [{ path, label: label || declared?.label || key, text, masked: !!shown?.masked && text.includes('*'), field: shown }]
}

/** The record in the order of the outside system; where nobody said one, in the kind's own, without what is blank. */
export function cardLines(record: Rec, kind: Kind): CardLine[] {
  const declared = kind.card?.lines ?? []
  if (declared.length) return declared.flatMap((line) => lineOf(record, kind, line.path, line.label))
  return kind.fields.flatMap((field) => lineOf(record, kind, field.key, '')).filter((line) => line.text)
}
