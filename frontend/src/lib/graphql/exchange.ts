import { CombinedError, type Exchange, type Operation, type OperationResult } from '@urql/core'
import { filter, fromPromise, mergeMap, pipe, takeUntil, type Source } from 'wonka'
import { toFailure, type Failure } from './failures'
import type { Execute } from './execute'

function result(operation: Operation, data: unknown, failure?: Failure): OperationResult {
  return {
    operation,
    data,
    error: failure ? new CombinedError({ networkError: failure }) : undefined,
    extensions: undefined,
    hasNext: false,
    stale: false,
  }
}

/** The last exchange of the urql client: sends trusted documents through `execute`. A teardown aborts the request. */
export function trustedDocumentsExchange(execute: Execute): Exchange {
  return () => (operations$) => {
    const run = (operation: Operation): Source<OperationResult> => {
      const abort = new AbortController()
      const torn$ = pipe(
        operations$,
        filter((next) => next.kind === 'teardown' && next.key === operation.key),
        filter(() => {
          abort.abort()
          return true
        }),
      )
      const answer = execute(operation.query as never, operation.variables as never, { signal: abort.signal }).then(
        (data) => result(operation, data),
        (error: unknown) => result(operation, undefined, toFailure(error)),
      )
      return pipe(fromPromise(answer), takeUntil(torn$))
    }
    return pipe(
      operations$,
      filter((operation) => operation.kind === 'query' || operation.kind === 'mutation'),
      mergeMap(run),
    )
  }
}
