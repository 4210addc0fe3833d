// Runs the audits of GraphQL over HTTP that the package `graphql-http` brings, and prints their outcomes as JSON.
// node over_http.mjs PACKAGE_FOLDER URL; the access token comes in AUDIT_TOKEN.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, url] = process.argv.slice(2)
const { serverAudits } = await import(pathToFileURL(join(folder, 'lib', 'index.mjs')))
const authorization = `Bearer ${process.env.AUDIT_TOKEN}`
const fetchFn = (address, { headers, ...rest } = {}) => fetch(address, { ...rest, headers: { ...headers, authorization } })

const outcomes = []
for (const audit of serverAudits({ url, fetchFn })) {
  const { id, name, status, reason } = await audit.fn()
  outcomes.push({ id, name, status, reason: reason ?? null })
}
process.stdout.write(JSON.stringify(outcomes))
