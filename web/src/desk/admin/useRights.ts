import { computed } from 'vue'
import { useSession } from '@/stores/session'
import type { Right } from './sections'

/** Which of the three administrators sits here: nobody holds two. */
export function useRights() {
  const session = useSession()
  const has = (right: Right): boolean => session.me?.[right] ?? false
  return { has, any: computed(() => has('manages') || has('grants') || has('audits')) }
}
