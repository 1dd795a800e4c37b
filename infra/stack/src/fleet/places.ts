import { join } from 'node:path'
import { CACHE, ROOT } from '../base/paths.ts'

/** Kept between checkouts: what takes minutes to fetch. */
export const KEPT = join(CACHE, 'fleet')
/** The folder of one run of `npm run test:fleet`: the machines' disks, their keys, and which steps are done. */
export const RUN = join(ROOT, '.data/fleet')
export const ANSIBLE = join(ROOT, 'ansible')

/** The shop's name in the test's inventory. */
export const ORIGIN = 'https://shop.fleet.test'
/**
 * The bridge stands for the internet: the machines' public addresses are here, and one at which strangers of the shop answer,
 * the bank, the mail server, Debian's mirror. Among themselves the machines use 10.83.0.0/24, which WireGuard makes.
 */
export const BRIDGE = 'pixfleet'
export const HERE = '10.84.0.1'
export const MIRROR_PORT = 3142
export const BANK_PORT = 8083
export const LINE_PORT = 8084
export const ACME_PORT = 14_000
export const DNS_PORT = 8053
/** Series that the test writes, and the address that the dead-man's switch asks. */
export const WATCH_PORT = 9199

/** As in ansible/inventories/test/hosts.yml. */
export const MACHINES = [
  { name: 'vm1', address: '10.84.0.11', privateAddress: '10.83.0.11' },
  { name: 'vm2', address: '10.84.0.12', privateAddress: '10.83.0.12' },
  { name: 'vm3', address: '10.84.0.13', privateAddress: '10.83.0.13' },
  { name: 'vm4', address: '10.84.0.14', privateAddress: '10.83.0.14' },
] as const
export type Machine = (typeof MACHINES)[number]
export const EDGE = '10.84.0.13'
