/** The shop as its visitors see it. */
export interface Storefront {
  /** Where its pages are opened, e.g. `https://thepixstock.example`: what links begin with. */
  origin: string
}
