import '../kiosk/kiosk.css'
import './lobby.css'
import { createApp } from 'vue'
import { followTheme } from '@/kiosk/device/screen'
import { createUpdates } from '@/kiosk/offline/updates'
import { createLobby } from './engine'
import LobbyApp from './LobbyApp.vue'

followTheme()
const engine = createLobby({ appVersion: __APP_VERSION__ })
createApp(LobbyApp, { engine, updates: createUpdates() }).mount('#app')
void engine.start()
