import { defineStore } from 'pinia'
import { ref } from 'vue'
import { reminders } from '@/api/notices'

/** How many reminders nobody has looked at: the bell shows it. */
export const useReminders = defineStore('reminders', () => {
  const unread = ref(0)
  async function load(): Promise<void> {
    try {
      unread.value = (await reminders.unread()).unread
    } catch {
      // A missing number in the margin is no reason to stop anybody.
    }
  }
  return { unread, load }
})
