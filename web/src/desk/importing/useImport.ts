import { computed, ref, shallowRef, watch } from 'vue'
import { api } from '@/api'
import { admin } from '@/api/admin'
import type { Group, ImportAsk, ImportPreview, ImportRow, LookSheet } from '@/api/importTypes'
import type { StoredFile } from '@/api/types'
import { useTask } from '@/shared/useTask'
import { useRulebook } from '@/stores/rulebook'
import { useSession } from '@/stores/session'
import { bestSheet, columnMap, keyOfAsk, likeliest, moveColumn } from './importing'

/** An old ledger on its way in: the file, its sheet, its columns, and what would become of each row. */
export function useImport() {
  const rulebook = useRulebook()
  const session = useSession()
  const file = shallowRef<StoredFile | null>(null)
  const sent = ref(0)
  const sheets = shallowRef<LookSheet[]>([])
  const sheet = shallowRef<LookSheet | null>(null)
  const choice = ref<{
    kind: string
    as: 'history' | 'summary'
    header: number
    year: number | null
    state: string
    unit: string
    village: string
  }>({ kind: '', as: 'history', header: 1, year: null, state: '', unit: session.me?.unit ?? '', village: session.me?.village ?? '' })
  const columns = shallowRef<Record<string, string> | undefined>(undefined)
  const preview = shallowRef<ImportPreview | null>(null)
  const group = ref<Group>('new')
  const rows = shallowRef<ImportRow[]>([])
  const loading = useTask()
  const looking = useTask()
  const paging = useTask()
  const kind = computed(() => rulebook.kindOf(choice.value.kind))
  const ask = computed<ImportAsk | null>(() => {
    if (!file.value || !sheet.value || !choice.value.kind) return null
    const { as, header, year, state, unit, village } = choice.value
    const constants = Object.fromEntries(
      Object.entries({ unit, village }).filter(
        ([key, value]) =>
          value && kind.value?.fields.some((field) => field.key === key) && !Object.values(columns.value ?? {}).includes(key),
      ),
    )
    return {
      file: file.value.digest,
      sheet: sheet.value.name,
      header_row: header,
      kind: choice.value.kind,
      as,
      ...(columns.value ? { columns: columns.value } : {}),
      ...(Object.keys(constants).length ? { constants } : {}),
      ...(state ? { state } : {}),
      ...(year ? { year } : {}),
    }
  })

  async function take(given?: File | null): Promise<void> {
    if (!given) return
    forget()
    await loading.run(async () => {
      file.value = await api.file(given, { onProgress: (share) => (sent.value = share) })
    })
    if (file.value) await look()
  }
  async function look(): Promise<void> {
    const digest = file.value?.digest
    if (!digest) return
    const found = await looking.run(() => admin.look(digest))
    sheets.value = found?.sheets ?? []
    const best = bestSheet(sheets.value)
    if (best) chooseSheet(best)
  }
  function chooseSheet(next: LookSheet): void {
    sheet.value = next
    choice.value = { ...choice.value, header: next.header_row, kind: likeliest(next), state: '' }
  }
  function forget(): void {
    file.value = sheet.value = preview.value = null
    sheets.value = rows.value = []
    columns.value = undefined
    sent.value = 0
    choice.value.kind = ''
    looking.error.value = paging.error.value = null
  }
  // Another sheet or ledger is matched anew; a column that somebody moved stays where they put it.
  watch(
    () => [sheet.value?.name, choice.value.kind, choice.value.header],
    () => {
      columns.value = undefined
    },
  )
  let turn = 0
  async function see(): Promise<void> {
    const question = ask.value
    const mine = ++turn
    if (!question) return void (preview.value = null)
    const answer = await paging.run(() => admin.preview(question))
    if (mine !== turn || !answer) return
    preview.value = answer
    if (!answer.groups[group.value])
      group.value = (['new', 'changed', 'refused', 'unchanged'] as const).find((each) => answer.groups[each]) ?? 'new'
    rows.value = answer.rows.filter((row) => row.group === group.value)
    if (rows.value.length < Math.min(50, answer.groups[group.value])) await page()
  }
  async function page(after?: number): Promise<void> {
    const question = ask.value
    const mine = turn
    if (!question) return
    const answer = await paging.run(() => admin.preview(question, { group: group.value, after }))
    if (answer && mine === turn) rows.value = after === undefined ? answer.rows : [...rows.value, ...answer.rows]
  }
  async function choose(next: Group): Promise<void> {
    group.value = next
    rows.value = []
    await page()
  }
  watch(
    () => (ask.value ? keyOfAsk(ask.value) : ''),
    () => void see(),
  )
  const more = () => void page(rows.value[rows.value.length - 1]?.row)
  const move = (letter: string, field: string) =>
    (columns.value = moveColumn(columns.value ?? columnMap(preview.value?.columns ?? []), letter, field))
  return {
    file,
    sent,
    sheets,
    sheet,
    choice,
    columns,
    preview,
    group,
    rows,
    kind,
    ask,
    loading,
    looking,
    paging,
    take,
    look,
    chooseSheet,
    forget,
    see,
    choose,
    more,
    move,
  }
}
