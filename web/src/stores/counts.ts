import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api } from '@/api'
import type { Counts } from '@/api/types'

/** Open and overdue records of each kind: the tree and the tabs below show them. */
export const useCounts = defineStore('counts', () => {
  const counts = shallowRef<Counts>({})
  const overdue = computed(() => Object.values(counts.value).reduce((total, each) => total + each.overdue, 0))
  async function load(): Promise<void> {
    try {
      counts.value = await api.counts()
    } catch {
      // A missing number in the margin is no reason to stop anybody.
    }
  }
  return { counts, overdue, load }
})
