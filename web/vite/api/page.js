// The API's own page: Swagger UI on the description that the server makes of itself. Nothing is written from here.
const theme = localStorage.getItem('zs:theme')
document.documentElement.classList.toggle('dark-mode', theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches)
window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
  filter: true,
  validatorUrl: null,
  supportedSubmitMethods: ['get'],
  requestInterceptor: (request) => ({ ...request, credentials: 'same-origin' }),
})
