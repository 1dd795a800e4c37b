/** The name of an event or a studio in a reader's language. @param locale `th`; any other is read in English */
export const nameIn = ({ nameTh, nameEn }: { nameTh: string; nameEn: string }, locale: string): string =>
  locale === 'th' ? nameTh : nameEn
