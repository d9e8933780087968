/** A real sign-in provider as a program of its own: `program.ts HUB_URL CLIENT_SECRET ACCOUNTS_AS_JSON`. */
import { type Account, startProvider } from './sign-in-provider.ts'

const [hubUrl = '', clientSecret = '', accounts = '{}'] = process.argv.slice(2)
const provider = await startProvider(JSON.parse(accounts) as Record<string, Account>)
provider.serve(hubUrl, clientSecret)
process.stdout.write(`${JSON.stringify({ kind: 'ready', url: provider.issuer })}\n`)
process.once('SIGTERM', () => {
  provider.close()
  process.exit(0)
})
