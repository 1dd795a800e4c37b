import { expect, test } from 'vitest'
import { AddressSettings, isBareRoot, isMarketplaceLabel, labelOfHost, storefrontOrigin } from './storefront-address.ts'

const settings = (PUBLIC_ORIGIN: string, ROOT_DOMAIN?: string) => AddressSettings.parse({ PUBLIC_ORIGIN, ROOT_DOMAIN })
const live = settings('https://www.pix.example/', 'Pix.example')
const labels = (...hosts: (string | undefined)[]) => hosts.map(host => labelOfHost(live, host))

test('a storefront is below the root domain, with the scheme and the port of the shop', () => {
  expect(storefrontOrigin(live, 'moon')).toBe('https://moon.pix.example')
  expect(storefrontOrigin(settings('http://localhost:8080', ''), 'moon')).toBe('http://moon.localhost:8080')
})

test('a host names a storefront only below the root domain, whatever its port and case', () => {
  expect(labels('moon.pix.example', 'MOON.Pix.Example.:8080', 'a.b.pix.example')).toEqual(['moon', 'moon', 'a.b'])
  expect(
    labels('www.pix.example', 'pix.example', 'moon.other.example', 'moonpix.example', '127.0.0.1:8081', '', undefined),
  ).toEqual([null, null, null, null, null, null, null])
})

test('a shop that is opened by an IP address has no storefronts', () => {
  for (const origin of ['http://192.0.2.1:8080', 'http://[2001:db8::1]']) {
    expect(labelOfHost(settings(origin), 'moon.192.0.2.1')).toBeNull()
    expect(storefrontOrigin(settings(origin), 'moon')).toBe(origin)
  }
})

test('a root domain with a port or a scheme is refused', () => {
  for (const domain of ['pix.example:80', 'https://pix.example', '.pix.example'])
    expect(() => settings('https://pix.example', domain)).toThrow('is a domain')
})

test("the bare root domain and the marketplace's own label are known, and are nothing where both have one host", () => {
  expect(['Pix.example:443', 'www.pix.example', 'moon.pix.example'].map(host => isBareRoot(live, host))).toEqual([
    true,
    false,
    false,
  ])
  expect(['www', 'moon'].map(label => isMarketplaceLabel(live, label))).toEqual([true, false])
  for (const origin of ['https://pix.example', 'http://192.0.2.1']) {
    expect(isBareRoot(settings(origin), new URL(origin).hostname)).toBe(false)
    expect(isMarketplaceLabel(settings(origin), 'pix')).toBe(false)
  }
})
