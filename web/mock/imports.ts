import { createHash } from 'node:crypto'
import type { Group, ImportAsk, ImportColumn, ImportPreview, ImportRow } from '../src/api/importTypes'
import type { MockBook, MockKind } from './rulebook'
import { Refusal, type Ask } from './refusal'

/** Stored files, and old ledgers on their way in. */
export class Paper {
  constructor(
    readonly name: string,
    readonly type: string,
    readonly bytes: Buffer,
    readonly view: boolean,
  ) {}
}
const headers = ['序号', '收到日期', '信访人', '联系电话', '诉求', '所属村', '经办人', '备注']
const samples: string[][] = [
  ['1', '2', '3'],
  ['2023.3.5', '2023年3月12日', '20230320'],
  ['张某某', '李某某', '王某某'],
  ['138****0001', '', '139****0002'],
  ['排水沟堵塞', '宅基地边界', '路灯不亮'],
  ['绳直村', '准平村', '绳直村'],
  ['林某', '周某', '林某'],
  ['', '已化解', ''],
]
const typeOf = (bytes: Buffer, name: string): string =>
  bytes.subarray(0, 4).toString() === '%PDF'
    ? 'application/pdf'
    : bytes[0] === 0x89
      ? 'image/png'
      : bytes[0] === 0xff
        ? 'image/jpeg'
        : bytes.subarray(0, 2).toString() === 'PK'
          ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
          : /\.txt$/i.test(name)
            ? 'text/plain'
            : 'application/octet-stream'

export function importing(book: MockBook) {
  const files = new Map<string, { name: string; type: string; bytes: Buffer }>()
  const jobs = new Map<string, { began: number; total: number; result: Record<Group, number> }>()

  const fieldsOf = (kind: MockKind) => {
    const pick = (type: string) =>
      kind.fields.find((field) => field.type === type && !['unit', 'village', 'handler'].includes(field.key) && !field.computed)
    return [
      null,
      pick('date'),
      pick('party'),
      null,
      pick('note') ?? pick('text'),
      kind.fields.find((field) => field.key === 'village'),
      kind.fields.find((field) => field.key === 'handler'),
      null,
    ]
  }
  function preview(ask: ImportAsk, group: Group | null, after: number): ImportPreview {
    const kind = book.kinds.get(ask.kind)
    if (!kind) throw new Refusal(404, '没有这本台账')
    const matched = fieldsOf(kind)
    const letter = (i: number) => String.fromCharCode(65 + i)
    const columns = headers.map((header, i): ImportColumn => {
      const own = ask.columns ? (ask.columns[letter(i)] ?? null) : matched[i]?.key
      const field = kind.fields.find((each) => each.key === own)
      return {
        letter: letter(i),
        header,
        field: field?.key ?? null,
        label: field?.label ?? null,
        how: !field ? 'none' : ask.columns ? 'kept' : i === 1 ? 'synonym' : i === 5 ? 'content' : 'name',
        samples: samples[i],
      }
    })
    const used = columns.filter((column) => column.field)
    const groups: Record<Group, number> = { new: 118, changed: 6, unchanged: 41, refused: used.length < 3 ? 60 : 4 }
    const make = (at: number, which: Group): ImportRow => ({
      row: at,
      group: which,
      title: samples[4]?.[at % 3],
      cells: used.map((column) => ({
        field: column.field ?? '',
        label: column.label ?? '',
        raw: samples[column.letter.charCodeAt(0) - 65]?.[at % 3],
        text: column.header.includes('日期') ? '2023-03-05' : samples[column.letter.charCodeAt(0) - 65]?.[at % 3],
      })),
      changes: which === 'changed' ? [{ label: used[0]?.label ?? '日期', before: '2023-03-04', after: '2023-03-05' }] : [],
      reasons:
        which === 'refused' ? [`B${at}：“3月份”不是日期，写成 2023-03-05 这样`, ...(at % 2 ? [`F${at}：没有“绳直二村”这个村`] : [])] : [],
    })
    const wanted = group ? [group] : (['new', 'changed', 'unchanged', 'refused'] as const)
    const rows = wanted.flatMap((which, n) =>
      Array.from({ length: groups[which] }, (_, i) => make(4 + n * 150 + i, which))
        .filter((row) => row.row > after)
        .slice(0, group ? 50 : 20),
    )
    return { columns, groups, rows, mapping: 'm1' }
  }

  return (ask: Ask): unknown => {
    const [first = '', a = '', b = '', c = '', d = ''] = ask.parts
    if (first === 'files' && ask.method === 'POST') {
      const name = ask.query.get('name') ?? ''
      if (/\.(exe|js|html?|bat|sh)$/i.test(name)) throw new Refusal(415, '程序、脚本和网页不能作附件', { detail: '请转成 PDF 或者图片。' })
      const digest = createHash('sha256').update(ask.raw).digest('hex')
      const type = typeOf(ask.raw, name)
      files.set(digest, { name, type, bytes: ask.raw })
      return { digest, name, type, size: ask.raw.length }
    }
    if (first === 'records' && c === 'files') {
      const file = files.get(d)
      if (!file)
        return new Paper('示例.txt', 'text/plain; charset=utf-8', Buffer.from(`示例附件 ${a}/${b}`), ask.query.get('view') === 'yes')
      return new Paper(file.name, file.type, file.bytes, ask.query.get('view') === 'yes')
    }
    if (first !== 'import') return undefined
    if (a === 'look') {
      const file = files.get(String(ask.body.file))
      if (file && !file.type.includes('spreadsheet'))
        throw new Refusal(422, '这个文件读不了', { detail: '不是 .xlsx 表格。旧的 .xls 请先另存为 .xlsx；有打开密码的，请先去掉。' })
      return {
        sheets: [
          {
            name: '信访登记',
            rows: 169,
            header_row: 3,
            headers,
            kinds: [
              { kind: 'petition', label: '信访事项', matched: 5 },
              { kind: 'hotline', label: '热线工单', matched: 3 },
            ],
          },
          { name: '说明', rows: 6, header_row: 1, headers: ['填表说明'], kinds: [] },
        ],
      }
    }
    if (a === 'preview')
      return preview(ask.body as unknown as ImportAsk, ask.query.get('group') as Group | null, Number(ask.query.get('after') ?? 0))
    if (a === 'jobs') {
      const job = jobs.get(b)
      if (!job) throw new Refusal(404, '没有这次导入')
      const done = Math.min(job.total, Math.floor((Date.now() - job.began) / 40))
      return {
        state: done < job.total ? 'running' : 'done',
        done,
        total: job.total,
        result: done < job.total ? null : job.result,
        says: null,
      }
    }
    const { groups } = preview(ask.body as unknown as ImportAsk, null, 0)
    const id = String(jobs.size + 1)
    jobs.set(id, { began: Date.now(), total: groups.new + groups.changed, result: groups })
    return { job: id }
  }
}
