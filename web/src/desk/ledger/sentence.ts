import type { Row } from '@/api/types'

export interface SentenceWords {
  lead: (n: number) => string
  line: (row: Row) => string
}

/** A list as one plain sentence: what it is and when, then its items. */
export function listSentence(rows: Row[], { lead, line }: SentenceWords): string {
  return `${lead(rows.length)}${rows.map(line).join('；')}。`
}
