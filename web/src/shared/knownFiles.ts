import { shallowReactive } from 'vue'
import type { StoredFile } from '@/api/types'

/** Names of stored files, by digest: a field holds digests only. Kept for the session, so that a draft still knows its papers. */
const key = 'zs:files'
function stored(): [string, StoredFile][] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as [string, StoredFile][]
  } catch {
    return []
  }
}
export const knownFiles = shallowReactive(new Map<string, StoredFile>(typeof sessionStorage === 'undefined' ? [] : stored()))

export function rememberFiles(files: StoredFile[]): void {
  if (!files.length) return
  for (const file of files) knownFiles.set(file.digest, file)
  try {
    sessionStorage.setItem(key, JSON.stringify([...knownFiles].slice(-200)))
  } catch {
    // Without room the names are known until the page is left.
  }
}
