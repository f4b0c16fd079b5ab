import type { StoredFile } from '@/api/types'

/** 1536 → "1.5 KB" */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KB', 'MB', 'GB']
  let size = bytes / 1024
  let at = 0
  while (size >= 1024 && at < units.length - 1) {
    size /= 1024
    at += 1
  }
  return `${size < 10 ? size.toFixed(1).replace(/\.0$/, '') : Math.round(size)} ${units[at]}`
}

/** What a browser shows by itself: PDF, pictures, plain text. */
export function canView({ type }: Pick<StoredFile, 'type'>): boolean {
  return type === 'application/pdf' || type.startsWith('text/plain') || /^image\/(png|jpe?g|gif|webp)$/.test(type)
}
/** A paper that stays on paper: a small text that says what it is and where it is kept. */
export function paperNote(text: string, word: string): File {
  return new File([`${text}\n`], `${word} ${text.replace(/[\\/:*?"<>|\r\n]+/g, ' ').slice(0, 60)}.txt`, { type: 'text/plain' })
}
export const isPicture = ({ type }: Pick<StoredFile, 'type'>): boolean => /^image\/(png|jpe?g|gif|webp)$/.test(type)

/** A stored file is named by its digest; records from before hold a few words instead. */
export const isDigest = (text: string): boolean => /^(?:(?:sha256|sm3):)?[0-9a-f]{64}$/i.test(text)
