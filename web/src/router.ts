import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { i18n } from '@/i18n'
import { useRulebook } from '@/stores/rulebook'
import { useSession } from '@/stores/session'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    open?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/signin', name: 'signin', component: () => import('@/desk/signin/SignIn.vue'), meta: { title: 'signin.title', open: true } },
  {
    path: '/chapter/:secret',
    name: 'chapter-link',
    component: () => import('@/desk/report/ChapterLinkPage.vue'),
    props: true,
    meta: { title: 'chapters.title', open: true },
  },
  { path: '/password', name: 'password', component: () => import('@/desk/signin/FirstPassword.vue'), meta: { title: 'password.title' } },
  {
    path: '/',
    component: () => import('@/shared/shell/DeskShell.vue'),
    children: [
      { path: '', name: 'today', component: () => import('@/desk/today/TodayPage.vue'), meta: { title: 'nav.today' } },
      {
        path: 'ledger/:kind?',
        name: 'ledger',
        component: () => import('@/desk/ledger/LedgerPage.vue'),
        props: true,
        meta: { title: 'nav.ledger' },
      },
      {
        path: 'ledger/:kind/new',
        name: 'new',
        component: () => import('@/desk/record/NewRecord.vue'),
        props: true,
        meta: { title: 'record.new' },
      },
      {
        path: 'ledger/:kind/:id(\\d+)',
        name: 'record',
        component: () => import('@/desk/record/RecordPage.vue'),
        props: true,
        meta: { title: 'nav.record' },
      },
      {
        path: 'ledger/:kind/:id(\\d+)/compare',
        name: 'compare',
        component: () => import('@/desk/record/ComparePage.vue'),
        props: true,
        meta: { title: 'compare.title' },
      },
      {
        path: 'ledger/:kind/:id(\\d+)/deadline/:deadline/:row?',
        name: 'working',
        component: () => import('@/desk/record/WorkingPage.vue'),
        props: true,
        meta: { title: 'working.title' },
      },
      {
        path: 'ledger/:kind/:id(\\d+)/card',
        name: 'card',
        component: () => import('@/desk/outside/EntryCardPage.vue'),
        props: true,
        meta: { title: 'card.title' },
      },
      { path: 'outside', name: 'outside', component: () => import('@/desk/outside/OutsidePage.vue'), meta: { title: 'outside.title' } },
      {
        path: 'handover',
        name: 'handovers',
        component: () => import('@/desk/handover/HandoversPage.vue'),
        meta: { title: 'handover.title' },
      },
      {
        path: 'handover/new',
        name: 'handover-new',
        component: () => import('@/desk/handover/NewHandover.vue'),
        meta: { title: 'handover.new' },
      },
      {
        path: 'handover/:id(\\d+)',
        name: 'handover',
        component: () => import('@/desk/handover/HandoverPage.vue'),
        props: true,
        meta: { title: 'handover.sheet' },
      },
      { path: 'field', name: 'field', component: () => import('@/desk/field/FieldPage.vue'), meta: { title: 'field.title' } },
      { path: 'drafts', name: 'drafts', component: () => import('@/desk/field/DraftsPage.vue'), meta: { title: 'drafts.title' } },
      { path: 'report', name: 'report', component: () => import('@/desk/report/ReportPage.vue'), meta: { title: 'nav.report' } },
      {
        path: 'report/chapters',
        name: 'chapters',
        component: () => import('@/desk/report/ChaptersPage.vue'),
        meta: { title: 'chapters.title' },
      },
      {
        path: 'report/chapters/:chapter',
        name: 'chapter',
        component: () => import('@/desk/report/ChapterPage.vue'),
        props: true,
        meta: { title: 'chapters.title' },
      },
      { path: 'figures', name: 'figures', component: () => import('@/desk/figures/FiguresPage.vue'), meta: { title: 'nav.figures' } },
      { path: 'duties', name: 'duties', component: () => import('@/desk/duties/DutiesPage.vue'), meta: { title: 'nav.duties' } },
      {
        path: 'checks/:check?',
        name: 'checks',
        component: () => import('@/desk/checks/ChecksPage.vue'),
        props: true,
        meta: { title: 'nav.checks' },
      },
      { path: 'calendar', name: 'calendar', component: () => import('@/desk/calendar/CalendarPage.vue'), meta: { title: 'nav.calendar' } },
      { path: 'load', name: 'load', component: () => import('@/desk/load/LoadPage.vue'), meta: { title: 'load.title' } },
      { path: 'notices', name: 'notices', component: () => import('@/desk/notices/NoticesPage.vue'), meta: { title: 'notices.title' } },
      { path: 'import', name: 'import', component: () => import('@/desk/importing/ImportPage.vue'), meta: { title: 'nav.import' } },
      {
        path: 'admin/:section?/:item?',
        name: 'admin',
        component: () => import('@/desk/admin/AdminPage.vue'),
        props: true,
        meta: { title: 'nav.admin' },
      },
      // The API's own page is no page of the desk: it is served as a file.
      {
        path: 'api',
        name: 'api',
        component: () => import('@/shared/shell/MissingPage.vue'),
        beforeEnter: () => (location.replace(`${import.meta.env.BASE_URL}api/index.html`), false),
      },
      { path: ':rest(.*)*', name: 'missing', component: () => import('@/shared/shell/MissingPage.vue'), meta: { title: 'missing.title' } },
    ],
  },
]

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
})

router.beforeEach(async (to) => {
  const session = useSession()
  if (to.meta.open) return true
  let here: boolean
  try {
    here = await session.load()
  } catch {
    // Not reached: the sign-in page says so, and comes back here.
    here = false
  }
  if (!here) return { name: 'signin', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  // An address that names a year is of that year, for whoever it is sent to.
  const year = Number(to.query.year)
  if (session.me?.years.includes(year)) session.year = year
  if (session.me?.must_change) return to.name === 'password' ? true : { name: 'password' }
  if (to.name === 'password') return { name: 'today' }
  void useRulebook().load()
  return true
})

router.afterEach((to) => {
  const title = to.meta.title
  document.title = title ? `${i18n.global.t(title)} · ${i18n.global.t('app.name')}` : i18n.global.t('app.name')
})
