import { ref } from 'vue'
import { download, DownloadError } from '@/lib/download'
import { currentLanguage } from '@/lib/i18n'
import { failureText } from '@/lib/problems'

export type PrivateFile = 'data.pdf' | 'data.json' | 'erasure.pdf' | 'erasure.json'

/** Downloads the files that are about one client, PDFs in the reader's language. `busy` is the one that is being made. */
export function useFiles(clientId: () => string) {
  const busy = ref<PrivateFile | null>(null)
  const problem = ref<string | null>(null)

  async function get(file: PrivateFile): Promise<void> {
    if (busy.value) return
    busy.value = file
    problem.value = null
    try {
      const path = `/api/v1/clients/${encodeURIComponent(clientId())}/${file}`
      await download(file.endsWith('.pdf') ? `${path}?language=${currentLanguage()}` : path, { name: file })
    } catch (error) {
      problem.value = error instanceof DownloadError ? error.message : failureText(error)
    }
    busy.value = null
  }

  return { busy, problem, get }
}
