/** Reads codes from a picture of the camera: with the browser's own reader where it has one, else with one in JavaScript. */
export type ReadCode = (video: HTMLVideoElement) => Promise<string | null>

interface NativeReader {
  detect: (source: HTMLVideoElement) => Promise<readonly { rawValue: string }[]>
}
interface NativeReaderClass {
  new (options: { formats: string[] }): NativeReader
  getSupportedFormats: () => Promise<string[]>
}

const WANTED = ['qr_code', 'code_128', 'code_39', 'ean_13']
/** Larger pictures take longer and show no more of a code that fills half of the screen. */
const SIDE = 480

async function nativeReader(): Promise<ReadCode | null> {
  const Reader = (globalThis as { BarcodeDetector?: NativeReaderClass }).BarcodeDetector
  const known = (await Reader?.getSupportedFormats().catch(() => [])) ?? []
  const formats = WANTED.filter((format) => known.includes(format))
  if (!Reader || !formats.includes('qr_code')) return null
  const reader = new Reader({ formats })
  return async (video) => (await reader.detect(video))[0]?.rawValue ?? null
}

async function ownReader(): Promise<ReadCode> {
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    const scale = SIDE / Math.min(video.videoWidth, video.videoHeight)
    if (!context || !Number.isFinite(scale)) return null
    canvas.width = Math.round(video.videoWidth * Math.min(scale, 1))
    canvas.height = Math.round(video.videoHeight * Math.min(scale, 1))
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    try {
      return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height))
    } catch {
      // It says in this way that there is no code in the picture.
      return null
    }
  }
}

export const codeReader = async (): Promise<ReadCode> => (await nativeReader()) ?? ownReader()

/** Whether this browser can show a camera here: only over HTTPS, or on the device itself. */
export const hasCamera = (): boolean => typeof navigator.mediaDevices?.getUserMedia === 'function'
