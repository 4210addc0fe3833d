export { createEngine, type EngineOptions } from './engine'
export { readPhone, readScan, type ReadPhone } from './scanned'
