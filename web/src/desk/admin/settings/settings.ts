import type { Setting } from '@/api/adminTypes'

export function findSettings(settings: Setting[], { q = '', only = 'all' }: { q?: string; only?: 'all' | 'own' | 'blank' }): Setting[] {
  const wanted = q.trim()
  return settings.filter(
    (each) =>
      (only === 'all' || (only === 'own' ? each.own : isBlankSetting(each))) &&
      (!wanted || `${each.label}${each.key}${each.source ?? ''}${each.text ?? ''}`.includes(wanted)),
  )
}

/** Nobody has found this number yet: it is asked for, and no rule counts with it. */
export function isBlankSetting({ value, table }: Setting): boolean {
  return (value === null || value === undefined || value === '') && !table?.length
}

/** A setting as it is edited: one line, or the rows of its table. */
export interface SettingDraft {
  text: string
  rows: { key: string; value: string }[] | null
}
export function draftOf({ value, table, unit }: Setting): SettingDraft {
  const isTable = table !== null && table !== undefined
  const text =
    typeof value === 'object' || value === null || value === undefined
      ? ''
      : typeof value === 'boolean'
        ? value
          ? 'yes'
          : 'no'
        : String(value)
  return {
    text: unit && text.endsWith(unit) ? text.slice(0, -unit.length).trim() : text,
    rows: isTable ? table.map((row) => ({ ...row })) : null,
  }
}

/** What is to be written: the setting itself, or each changed row of its table under a name of its own. Always as text, as the rulebook writes it. */
export function changesOf(setting: Setting, { text, rows }: SettingDraft): { key: string; value: string }[] {
  if (!rows) {
    const value = text.trim()
    return value && value !== draftOf(setting).text ? [{ key: setting.key, value }] : []
  }
  const before = new Map((setting.table ?? []).map((row) => [row.key, row.value]))
  return rows
    .map((row) => ({ key: row.key.trim(), value: row.value.trim() }))
    .filter((row) => row.key && row.value && before.get(row.key) !== row.value)
    .map((row) => ({ key: `${setting.key}.${row.key}`, value: row.value }))
}
