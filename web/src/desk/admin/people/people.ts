import type { AccountState, Person, Post } from '@/api/adminTypes'
import type { Key } from '@/api/types'

/** People by any part of a name, a key, an account, or a post; within a unit or village if one is chosen. */
export function findPeople(people: Person[], { q = '', org = '' }: { q?: string; org?: string }): Person[] {
  const wanted = q.trim().toLowerCase()
  return people.filter(
    (person) =>
      (!org || person.unit === org || person.village === org) &&
      (!wanted ||
        [person.name, person.key, person.account?.account ?? '', ...person.posts.map((post) => post.label)].some((text) =>
          text.toLowerCase().includes(wanted),
        )),
  )
}

export type AccountWord = 'none' | 'locked' | 'first' | 'good'
export function accountWord(account: AccountState | null | undefined): AccountWord {
  if (!account) return 'none'
  if (account.locked_until) return 'locked'
  return account.must_change ? 'first' : 'good'
}

/** Posts that may not be held together, each pair once. */
export function conflicts(posts: Post[], chosen: string[]): [Key, Key][] {
  const held = posts.filter((post) => chosen.includes(post.key))
  const seen = new Set<string>()
  return held.flatMap((post) =>
    (post.never_with ?? [])
      .filter((other) => chosen.includes(other.key))
      .flatMap((other): [Key, Key][] => {
        const pair = [post.key, other.key].sort().join('/')
        if (seen.has(pair)) return []
        seen.add(pair)
        return [[post, other]]
      }),
  )
}

// Without what is taken for something else when it is read from a slip of paper: 0 O o, 1 l I, 5 S.
const letters = 'abcdefghjkmnpqrtuvwxyz2346789'

/** A first password in four groups, to be handed over on paper and changed at once. */
export function firstPassword(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> = (bytes) => crypto.getRandomValues(bytes),
): string {
  const made: string[] = []
  while (made.length < 16) {
    // Bytes past the last whole round are thrown away, so that every letter is as likely as any other.
    for (const byte of random(new Uint8Array(32)))
      if (made.length < 16 && byte < letters.length * 8) made.push(letters[byte % letters.length] as string)
  }
  return [0, 4, 8, 12].map((at) => made.slice(at, at + 4).join('')).join('-')
}

/** What of a person is different from what was there: only that is sent. */
export function changeOf<T extends object>(before: Partial<T>, after: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(after).filter(([key, value]) => JSON.stringify(value ?? '') !== JSON.stringify(before[key as keyof T] ?? '')),
  ) as Partial<T>
}
