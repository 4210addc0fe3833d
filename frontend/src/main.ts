import './styles/main.css'
import urql from '@urql/vue'
import { createApp } from 'vue'
import App from './App.vue'
import { loadCentre } from './lib/centre'
import { connection } from './lib/connection'
import { client, isFailure, session } from './lib/graphql'
import { i18n, prepareLanguage } from './lib/i18n'
import { createAppRouter } from './router'

/** Learns whether there is a session; waits for the server for as long as it takes. */
async function startSession(): Promise<void> {
  for (;;) {
    try {
      await session.renew()
      return
    } catch (error) {
      if (isFailure(error) && error.code === 'UNAUTHENTICATED') return session.signOut(false)
      if (!isFailure(error) || !error.isOutage) await new Promise((resolve) => setTimeout(resolve, 2_000))
      else await new Promise<void>((resolve) => (connection.lost.value ? connection.onRestored(resolve) : resolve()))
    }
  }
}

async function start(): Promise<void> {
  await prepareLanguage()
  const facts = loadCentre().catch(() => connection.onRestored(() => void loadCentre().catch(() => {})))
  const started = Promise.all([startSession(), facts])
  const app = createApp(App)
  app.use(i18n)
  app.use(urql, client)
  app.use(createAppRouter(started))
  app.mount('#app')
}

void start()
