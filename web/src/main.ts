import 'element-plus/theme-chalk/base.css'
import '@/shared/styles/tokens.css'
import '@/shared/styles/parts.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { onSignedOut } from '@/api'
import { i18n, storedLang, useLang } from '@/i18n'
import { router } from '@/router'
import App from '@/App.vue'
import { useCounts } from '@/stores/counts'
import { useLook } from '@/stores/look'
import { useRulebook } from '@/stores/rulebook'
import { useSession } from '@/stores/session'

const app = createApp(App).use(createPinia()).use(i18n).use(router)
useLook()
const session = useSession()

onSignedOut(() => {
  if (!session.me && router.currentRoute.value.name === 'signin') return
  const from = router.currentRoute.value
  session.forget()
  useRulebook().forget()
  useCounts().counts = {}
  if (from.name !== 'signin')
    void router.push({
      name: 'signin',
      query: from.fullPath === '/' ? {} : { next: from.fullPath, ended: from.matched.length ? 'yes' : undefined },
    })
})

void useLang(storedLang()).finally(() => app.mount('#app'))
