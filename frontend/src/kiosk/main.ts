import './kiosk.css'
import { createApp } from 'vue'
import { createSounds } from './device/sounds'
import { followTheme } from './device/screen'
import { createEngine } from './engine/engine'
import { readScan } from './engine/scanned'
import KioskApp from './KioskApp.vue'
import { createUpdates } from './offline/updates'

followTheme()
const engine = createEngine({ appVersion: __APP_VERSION__ })
const updates = createUpdates()
createApp(KioskApp, { engine, sounds: createSounds(), updates, readScan }).mount('#app')
void engine.start()
// While developing there is no worker, and what was changed is to be seen.
if (import.meta.env.PROD) void updates.register()
