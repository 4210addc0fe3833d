import { computed, ref } from 'vue'
import { StationsDocument } from '@/gql/graphql'
import { useRead } from '@/lib/graphql'

const KEY = 'krc.station'

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

const chosen = ref(stored())

/** The id that this device's check-ins carry, or null. */
export const stationId = computed(() => chosen.value)

/** The stations, and the one that this device keeps. A station that is gone counts as none. */
export function useStation() {
  const { data } = useRead(StationsDocument)
  const stations = computed(() => data.value?.stations ?? [])
  const station = computed(() => stations.value.find(({ id }) => id === chosen.value) ?? null)

  function choose(id: string | null): void {
    chosen.value = id
    try {
      if (id) localStorage.setItem(KEY, id)
      else localStorage.removeItem(KEY)
    } catch {
      // The choice then lasts as long as the page.
    }
  }

  return { stations, station, choose }
}
