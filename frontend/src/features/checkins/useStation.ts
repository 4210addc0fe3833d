import { computed, ref, shallowRef, watch } from 'vue'
import { StationsDocument, type StationsQuery } from '@/gql/graphql'
import { useRead } from '@/lib/graphql'

type Station = StationsQuery['stations'][number]

const KEY = 'krc.station'

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** What this device keeps: a station's id, '' for "no station", null for a device on which nobody has chosen yet. */
const chosen = ref(stored())
const stations = shallowRef<Station[]>([])

const station = computed(() => {
  if (chosen.value === '') return null
  // The first station is the front desk, so a new device need not be set up; so is one whose station is gone.
  return stations.value.find(({ id }) => id === chosen.value) ?? stations.value[0] ?? null
})

/** The id that this device's check-ins carry, or null. */
export const stationId = computed(() => station.value?.id ?? null)

/** The stations, and the one of this device. */
export function useStation() {
  const { data } = useRead(StationsDocument)
  watch(data, (found) => found && (stations.value = found.stations), { immediate: true })

  function choose(id: string | null): void {
    chosen.value = id ?? ''
    try {
      localStorage.setItem(KEY, id ?? '')
    } catch {
      // The choice then lasts as long as the page.
    }
  }

  return { stations, station, choose }
}
