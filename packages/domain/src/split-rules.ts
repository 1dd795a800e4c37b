import type { SplitPreset } from './words.ts'

/** Who gets how much of a sale's net, in basis points that total 10,000. */
export interface Shares {
  platformBp: number
  studioBp: number
  photographerBp: number
  organizerBp: number
}

/** Widest first: of the scopes that have a rule the narrowest wins. */
export const SPLIT_SCOPES = ['platform', 'platform_category', 'studio', 'category', 'event', 'photographer'] as const
export type SplitScope = (typeof SPLIT_SCOPES)[number]

/** What a rule is for. Null is all of them. */
export interface RuleScope {
  studioId: string | null
  category: string | null
  eventId: string | null
  photographerId: string | null
}

export interface RuleVersion extends RuleScope, Shares {
  id: string
  /** When it begins, as milliseconds since 1970. Of one scope no two begin together. */
  startsAt: number
}

/** What is sold, with the parties that may earn a share of it. */
export interface Sold {
  studioId: string
  category: string
  eventId: string
  photographerId: string
}

/** The shares of the named splits in the house studio, whose own share is 0 (spec/50). */
export const PRESET_SHARES: Readonly<Record<'standard' | 'premium' | 'platform_owned', Shares>> = {
  standard: { platformBp: 3_000, studioBp: 0, photographerBp: 5_000, organizerBp: 2_000 },
  premium: { platformBp: 2_500, studioBp: 0, photographerBp: 5_500, organizerBp: 2_000 },
  platform_owned: { platformBp: 10_000, studioBp: 0, photographerBp: 0, organizerBp: 0 },
}

/** The shares that a preset fixes; null where they are free. */
export const presetShares = (preset: SplitPreset): Shares | null =>
  preset === 'standard' || preset === 'premium' || preset === 'platform_owned' ? PRESET_SHARES[preset] : null

/** The scope of a rule, as its place in the list of scopes. */
export function scopeOf({ studioId, category, eventId, photographerId }: RuleScope): SplitScope {
  if (studioId === null) return category === null ? 'platform' : 'platform_category'
  if (photographerId !== null) return 'photographer'
  if (eventId !== null) return 'event'
  return category === null ? 'studio' : 'category'
}

/** Whether a rule is for what is sold. */
export const isFor = (rule: RuleScope, sold: Sold): boolean =>
  (['studioId', 'category', 'eventId', 'photographerId'] as const).every(
    key => rule[key] === null || rule[key] === sold[key],
  )

/**
 * The rule that counts for what is sold: of the narrowest scope that has one, the latest that has begun.
 *
 * @param at milliseconds since 1970
 * @throws RangeError where none has begun: the platform's first rule begins with the installation
 */
export function ruleInForce<R extends RuleVersion>(rules: readonly R[], sold: Sold, at: number): R {
  const rank = (rule: RuleVersion) => SPLIT_SCOPES.indexOf(scopeOf(rule))
  const [first] = rules
    .filter(rule => rule.startsAt <= at && isFor(rule, sold))
    .toSorted((a, b) => rank(b) - rank(a) || b.startsAt - a.startsAt)
  if (!first) throw new RangeError('no split rule is in force')
  return first
}

/** What of a rule says who gets what. */
type Rule = Shares & Pick<RuleScope, 'photographerId'>

/** The facts of a sale that decide who gets which share, where the rule alone does not say it. */
export interface SaleParties {
  /** The house studio is the platform itself. */
  isHouse: boolean
  organizerId: string | null
  /** False for photos that the seller's own staff uploaded: the photographer's share is the seller's. */
  isPayee: boolean
  /** The photographer's own rate, basis points; null where they have none. */
  rateBp: number | null
}

/**
 * The highest rate that a photographer may have beside a rule: what neither the organizer nor, of another studio than the
 * house, the platform gets.
 */
export const highestRate = ({ platformBp, organizerBp }: Shares, isHouse: boolean): number =>
  10_000 - organizerBp - (isHouse ? 0 : platformBp)

/**
 * The shares of a sale by a rule (spec/50). A photographer's own rate replaces their share in every rule but one of
 * their own. The seller takes the difference: the platform in the house studio, else the studio. Where there is no
 * organizer, that share is the platform's.
 *
 * @throws RangeError for a rate above `highestRate`
 */
export function saleShares(rule: Rule, { isHouse, organizerId, isPayee, rateBp }: SaleParties): Shares {
  const photographerBp = photographersShare(rule, isHouse, isPayee, rateBp)
  const organizerBp = organizerId === null ? 0 : rule.organizerBp
  const toPlatform = rule.organizerBp - organizerBp
  const left = 10_000 - photographerBp - rule.organizerBp
  const platformBp = (isHouse ? left : rule.platformBp) + toPlatform
  return { platformBp, studioBp: 10_000 - platformBp - photographerBp - organizerBp, photographerBp, organizerBp }
}

function photographersShare(rule: Rule, isHouse: boolean, isPayee: boolean, rateBp: number | null): number {
  if (!isPayee) return 0
  if (rateBp === null || rule.photographerId !== null) return rule.photographerBp
  if (!Number.isInteger(rateBp) || rateBp < 0 || rateBp > highestRate(rule, isHouse))
    throw new RangeError(`a rate of ${rateBp} does not fit beside the other shares`)
  return rateBp
}
