/** A block copied from a spreadsheet → rows of cells. Quoted cells keep their line breaks and doubled quotes. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const source = text.replace(/\r\n?/g, '\n')
  const endCell = () => {
    row.push(cell.trim())
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((each) => each !== '')) rows.push(row)
    row = []
  }
  for (let i = 0; i < source.length; i++) {
    const c = source[i]
    if (quoted) {
      if (c !== '"') cell += c
      else if (source[i + 1] === '"') cell += source[++i]
      else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === '\t') endCell()
    else if (c === '\n') endRow()
    else cell += c
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

export interface Column {
  key: string
  label: string
}
export interface Placed {
  columns: (string | null)[]
  rows: string[][]
  headed: boolean
}

const bare = (text: string): string => text.replace(/[\s（）()：:*]/g, '')

/** Which column each pasted column goes to: by the names in the first row if they are there, else in order. */
export function placeBlock(block: string[][], columns: Column[]): Placed {
  const [first = []] = block
  const named = first.map((cell) => columns.find((column) => bare(column.label) === bare(cell))?.key ?? null)
  if (named.some((key) => key !== null)) return { columns: named, rows: block.slice(1), headed: true }
  return { columns: first.map((_, i) => columns[i]?.key ?? null), rows: block, headed: false }
}

/** A date in the ways that ledgers write it → 2023-03-05, or null. Only reading: nothing is counted. */
export function dateOf(text: string): string | null {
  const match =
    /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/.exec(text.trim()) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim())
  if (!match) return null
  const [, year = '', month = '', day = ''] = match
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
