import { defineStore } from 'pinia'
import { ref, watchEffect } from 'vue'

export type Theme = 'light' | 'dark'
const key = 'zs:theme'

export const useLook = defineStore('look', () => {
  const stored = localStorage.getItem(key)
  const theme = ref<Theme>(
    stored === 'dark' || stored === 'light' ? stored : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  )
  watchEffect(() => document.documentElement.classList.toggle('dark', theme.value === 'dark'))
  function toggle(): void {
    theme.value = theme.value === 'dark' ? 'light' : 'dark'
    localStorage.setItem(key, theme.value)
  }
  return { theme, toggle }
})
