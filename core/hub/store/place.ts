import { isLoopback } from '../http/options.ts'

/** Is a hub's place the address of a PostgreSQL database rather than the path of a file? */
export const isPostgres = (place: string): boolean => /^postgres(ql)?:\/\//i.test(place)

/** Is it an address one could connect to? */
export const isPostgresAddress = (text: string): boolean => isPostgres(text) && URL.canParse(text)

/** The address is not one; what it was is not repeated, for there may be a password in it. */
class BadAddress extends Error {
  constructor() {
    super('this is not a postgres:// address')
    this.name = 'BadAddress'
  }
}

/** The place as it may be shown: without name and password. */
export function shownPlace(place: string): string {
  if (!isPostgres(place)) return place
  const { protocol, host, pathname } = addressOf(place)
  return `${protocol}//${host}${pathname}`
}

/** Does the address hold a password, for everybody who sees the command line? */
export const hasPassword = (place: string): boolean =>
  isPostgres(place) &&
  (addressOf(place).password !== '' || addressOf(place).searchParams.has('password'))

/** An address that goes over a network says how it is protected, or it is protected. Throws `BadAddress`. */
export function safeAddress(place: string): string {
  const address = addressOf(place)
  const host = address.searchParams.get('host') ?? address.hostname
  const isHere = host === '' || host.startsWith('/') || isLoopback(host)
  if (!isHere && !['sslmode', 'ssl'].some(name => address.searchParams.has(name)))
    address.searchParams.set('sslmode', 'verify-full')
  return address.href
}

function addressOf(place: string): URL {
  const address = URL.parse(place)
  if (!address || !isPostgres(place)) throw new BadAddress()
  return address
}
