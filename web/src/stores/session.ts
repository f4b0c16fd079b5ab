import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { api, ApiError, setCsrf } from '@/api'
import type { Me } from '@/api/types'
import { dropDrafts } from '@/shared/useDraft'

/** Who sits here, on which day, and which year they look at. */
export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | null>(null)
  const year = ref(0)
  const today = computed(() => me.value?.today ?? '')

  function take(answer: Me): void {
    me.value = answer
    setCsrf(answer.csrf)
    const current = Number(answer.today.slice(0, 4))
    if (!answer.years.includes(year.value))
      year.value = answer.years.includes(current) ? current : (answer.years[answer.years.length - 1] ?? current)
  }
  async function load(): Promise<boolean> {
    if (me.value) return true
    try {
      take(await api.me())
      return true
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return false
      throw error
    }
  }
  async function signIn(account: string, password: string): Promise<void> {
    take(await api.login(account, password))
  }
  async function signOut(): Promise<void> {
    const account = me.value?.account
    await api.logout()
    if (account) dropDrafts(account)
    forget()
  }
  function forget(): void {
    me.value = null
    setCsrf('')
  }
  async function refresh(): Promise<void> {
    take(await api.me())
  }
  return { me, year, today, load, signIn, signOut, forget, refresh }
})
