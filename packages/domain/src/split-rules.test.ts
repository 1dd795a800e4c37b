import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  highestRate,
  PRESET_SHARES,
  presetShares,
  ruleInForce,
  type RuleVersion,
  type SaleParties,
  saleShares,
  scopeOf,
  SPLIT_SCOPES,
} from './split-rules.ts'

const SOLD = { studioId: 's', category: 'run', eventId: 'e', photographerId: 'p' }
const NOTHING = { studioId: null, category: null, eventId: null, photographerId: null }
const SCOPES = {
  platform: NOTHING,
  platform_category: { ...NOTHING, category: 'run' },
  studio: { ...NOTHING, studioId: 's' },
  category: { ...NOTHING, studioId: 's', category: 'run' },
  event: { ...NOTHING, studioId: 's', eventId: 'e' },
  photographer: { ...NOTHING, studioId: 's', photographerId: 'p' },
} as const
const version = (id: string, of: Partial<RuleVersion> = {}): RuleVersion => ({
  id,
  ...NOTHING,
  startsAt: 0,
  ...PRESET_SHARES.standard,
  ...of,
})

/** Whole shares that total 10,000. */
const shares = fc.tuple(fc.nat(10_000), fc.nat(10_000), fc.nat(10_000)).map(cuts => {
  const [a, b, c] = cuts.sort((x, y) => x - y) as [number, number, number]
  return { platformBp: a, studioBp: b - a, photographerBp: c - b, organizerBp: 10_000 - c }
})
const total = (of: typeof PRESET_SHARES.standard) => of.platformBp + of.studioBp + of.photographerBp + of.organizerBp

test('of the scopes the narrowest that has a rule wins, in one stated order', () => {
  const rules = SPLIT_SCOPES.map(scope => version(scope, SCOPES[scope]))
  expect(rules.map(scopeOf)).toEqual(SPLIT_SCOPES)
  for (let count = rules.length; count > 0; count -= 1)
    expect(ruleInForce(rules.slice(0, count).toReversed(), SOLD, 1).id).toBe(SPLIT_SCOPES[count - 1])
})

test('of one scope the latest that has begun counts, and none before its start', () => {
  const rules = [0, 10, 20].map(startsAt => version(`v${startsAt}`, { startsAt }))
  expect([0, 9, 10, 19, 20, 99].map(at => ruleInForce(rules, SOLD, at).id)).toEqual([
    'v0',
    'v0',
    'v10',
    'v10',
    'v20',
    'v20',
  ])
  expect(() => ruleInForce(rules, SOLD, -1)).toThrow('no split rule')
})

test('which rule wins does not depend on the order in which the rules are read', () => {
  const scope = fc.constantFrom(...SPLIT_SCOPES)
  const rules = fc.uniqueArray(fc.tuple(scope, fc.nat(5)), { minLength: 1, selector: String })
  fc.assert(
    fc.property(rules, fc.infiniteStream(fc.nat()), (keys, random) => {
      const all = [version('first', { startsAt: -1 })]
      for (const [of, startsAt] of keys) all.push(version(`${of} ${startsAt}`, { ...SCOPES[of], startsAt }))
      const shuffled = all.toSorted(() => (random.next().value % 2 ? 1 : -1))
      expect(ruleInForce(shuffled, SOLD, 3).id).toBe(ruleInForce(all, SOLD, 3).id)
    }),
  )
})

test('rules of other studios, kinds of event, events and photographers never count', () => {
  const others = [
    { studioId: 'x' },
    { category: 'concert' },
    { studioId: 's', eventId: 'x' },
    { studioId: 's', photographerId: 'x' },
    { studioId: 'x', eventId: 'e' },
  ].map((of, at) => version(`other ${at}`, of))
  expect(ruleInForce([...others, version('ours')], SOLD, 1).id).toBe('ours')
})

test('whatever rule, rate, organizer and studio: the parts total 10,000 and none is negative', () => {
  const parties = fc.record({
    isHouse: fc.boolean(),
    organizerId: fc.constantFrom(null, 'o'),
    isPayee: fc.boolean(),
    rateBp: fc.constantFrom(null, 0, 0.25, 0.5, 1),
  })
  fc.assert(
    fc.property(shares, parties, fc.constantFrom(null, 'p'), (rule, { rateBp: part, ...who }, photographerId) => {
      const rateBp = part === null ? null : Math.floor(part * highestRate(rule, who.isHouse))
      const paid = saleShares({ ...NOTHING, ...rule, photographerId }, { ...who, rateBp })
      expect(total(paid)).toBe(10_000)
      expect(Math.min(...Object.values(paid))).toBeGreaterThanOrEqual(0)
      expect(who.isHouse && paid.studioBp > 0).toBe(false)
      expect(who.organizerId === null && paid.organizerBp > 0).toBe(false)
      expect(!who.isPayee && paid.photographerBp > 0).toBe(false)
    }),
  )
})

const HOUSE: SaleParties = { isHouse: true, organizerId: 'o', isPayee: true, rateBp: null }
const standard = { ...NOTHING, ...PRESET_SHARES.standard }
const paidTo = (parties: Partial<SaleParties>, rule = standard) =>
  Object.values(saleShares(rule, { ...HOUSE, ...parties })).join('/')

test('the standard split is 30/50/20 of platform, photographer and organizer; without an organizer 50/50', () => {
  expect(paidTo({})).toBe('3000/0/5000/2000')
  expect(paidTo({ organizerId: null })).toBe('5000/0/5000/0')
})

test('a photographer’s own rate replaces their share, and the platform takes the difference', () => {
  expect(paidTo({ rateBp: 6_500 })).toBe('1500/0/6500/2000')
  expect(paidTo({ rateBp: 4_000 })).toBe('4000/0/4000/2000')
  expect(paidTo({ rateBp: 8_000 })).toBe('0/0/8000/2000')
})

test('a rate above what the organizer leaves is refused on use, also where there is no organizer', () => {
  for (const organizerId of ['o', null])
    expect(() => saleShares(standard, { ...HOUSE, organizerId, rateBp: 8_001 })).toThrow(RangeError)
  expect(() => saleShares(standard, { ...HOUSE, rateBp: -1 })).toThrow(RangeError)
  expect(() => saleShares(standard, { ...HOUSE, rateBp: 0.5 })).toThrow(RangeError)
})

test('a rule of the photographer’s own scope stands as it is beside their rate', () => {
  expect(paidTo({ rateBp: 1_000 }, { ...standard, photographerId: 'p' } as never)).toBe('3000/0/5000/2000')
})

test('in another studio the studio takes the difference of a rate, and the platform’s share stays', () => {
  const rule = { ...NOTHING, platformBp: 1_000, studioBp: 2_000, photographerBp: 5_000, organizerBp: 2_000 }
  expect(paidTo({ isHouse: false }, rule)).toBe('1000/2000/5000/2000')
  expect(paidTo({ isHouse: false, rateBp: 6_500 }, rule)).toBe('1000/500/6500/2000')
  expect(paidTo({ isHouse: false, organizerId: null }, rule)).toBe('3000/2000/5000/0')
  expect(() => paidTo({ isHouse: false, rateBp: 7_001 }, rule)).toThrow(RangeError)
})

test('the house studio’s own share is the platform’s', () => {
  const rule = { ...NOTHING, platformBp: 1_000, studioBp: 2_000, photographerBp: 5_000, organizerBp: 2_000 }
  expect(paidTo({}, rule)).toBe('3000/0/5000/2000')
})

test('photos that the seller’s own staff uploaded pay no photographer: the seller has that share', () => {
  expect(paidTo({ isPayee: false, rateBp: 9_999 })).toBe('8000/0/0/2000')
  const rule = { ...NOTHING, platformBp: 1_000, studioBp: 2_000, photographerBp: 5_000, organizerBp: 2_000 }
  expect(paidTo({ isHouse: false, isPayee: false }, rule)).toBe('1000/7000/0/2000')
})

test('named splits have fixed shares that total 10,000; charity, corporate and custom are free', () => {
  for (const preset of ['standard', 'premium', 'platform_owned'] as const)
    expect(total(presetShares(preset)!)).toBe(10_000)
  for (const preset of ['charity', 'corporate', 'custom'] as const) expect(presetShares(preset)).toBeNull()
})
