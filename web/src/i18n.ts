import { createI18n } from 'vue-i18n'
import { setLanguage } from '@/api'
import { zh } from '@/locales/zh'

export type Lang = 'zh' | 'en'
const key = 'zs:lang'

export const i18n = createI18n({ legacy: false, locale: 'zh', fallbackLocale: 'zh', messages: { zh } as Record<string, typeof zh> })

export async function useLang(lang: Lang): Promise<void> {
  if (lang === 'en' && !i18n.global.availableLocales.includes('en')) {
    const { en } = await import('@/locales/en')
    i18n.global.setLocaleMessage('en', en as unknown as typeof zh)
  }
  i18n.global.locale.value = lang
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  localStorage.setItem(key, lang)
  setLanguage(lang)
}
export const storedLang = (): Lang => (localStorage.getItem(key) === 'en' ? 'en' : 'zh')
