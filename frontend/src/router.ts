import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router'
import { routes } from 'vue-router/auto-routes'
import { session } from './lib/graphql'

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without a session. */
    public?: boolean
    /** Shown before it is known whether there is a session. */
    alone?: boolean
    /** Shown without the header. */
    bare?: boolean
    /** Message key of the page's title. */
    title?: string
  }
}

/** A path of this app, or the desk: what comes out of the address bar may lead nowhere else. */
export function safeTarget(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) && !to.startsWith('/login') ? to : '/'
}

// In development only: what a build for production can't reach is left out of it.
const examples: RouteRecordRaw[] = import.meta.env.DEV
  ? [{ path: '/examples', component: () => import('./examples/ExamplesPage.vue'), meta: { bare: true, alone: true } }]
  : []

/** No page is shown before `started`; then each only to whom it is for. */
export function createAppRouter(started: Promise<unknown>): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [...examples, ...routes],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
  router.beforeEach(async (to) => {
    if (to.meta.alone) return true
    await started
    const viewer = session.viewer.value
    if (!viewer)
      return to.meta.public ? true : { path: '/login', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
    if (viewer.mustChangePassword) return to.path === '/change-password' ? true : { path: '/change-password' }
    if (viewer.mustSetUpSecondFactor) return to.path === '/second-factor' ? true : { path: '/second-factor' }
    return to.path === '/login' ? safeTarget(to.query.to) : true
  })
  return router
}
