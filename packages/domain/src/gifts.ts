/** Links by which bought photos are given on that may be open for an order at the same time. */
export const MOST_GIFTS = 10

/** Days after which such a link ends; the end of the downloads ends it earlier. */
export const GIFT_DAYS = 30

/** How often each of its photos may be downloaded by one link. */
export const MOST_GIFT_DOWNLOADS = 20
