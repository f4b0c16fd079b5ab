import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'
import { apiPage } from './vite/apiPage'
import { gzip } from './vite/gzip'
import { onlyStateDiagrams } from './vite/onlyStateDiagrams'
import { mock } from './mock/plugin'

export default defineConfig(({ mode }) => ({
  base: '/desk/',
  plugins: [
    vue(),
    // Own components are imported by name; only Element Plus is resolved on demand.
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    onlyStateDiagrams(),
    apiPage(),
    gzip(),
    ...(mode === 'mock' ? [mock()] : []),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: { target: 'chrome90', assetsInlineLimit: 0, chunkSizeWarningLimit: 700, reportCompressedSize: true },
  server: { proxy: mode === 'mock' ? undefined : { '/api': 'http://127.0.0.1:8080' } },
  test: { include: ['tests/**/*.test.ts'] },
}))
