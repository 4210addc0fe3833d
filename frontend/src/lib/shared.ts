import { effectScope, onScopeDispose, type EffectScope } from 'vue'

/** Makes one of it for all who use it at the same time; it ends with the last of them. */
export function shared<Made>(make: () => Made): () => Made {
  let one: { made: Made; scope: EffectScope } | null = null
  let users = 0

  function begin() {
    const scope = effectScope(true)
    return { made: scope.run(make)!, scope }
  }

  return () => {
    one ??= begin()
    users++
    onScopeDispose(() => {
      if (--users > 0) return
      one?.scope.stop()
      one = null
    })
    return one.made
  }
}
