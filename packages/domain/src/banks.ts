/** Thai banks by the code of the Bank of Thailand, which files for transfers name them by. */
export const BANKS = {
  '002': { th: 'กรุงเทพ', en: 'Bangkok Bank' },
  '004': { th: 'กสิกรไทย', en: 'Kasikornbank' },
  '006': { th: 'กรุงไทย', en: 'Krungthai Bank' },
  '011': { th: 'ทหารไทยธนชาต', en: 'TMBThanachart Bank (ttb)' },
  '014': { th: 'ไทยพาณิชย์', en: 'Siam Commercial Bank' },
  '022': { th: 'ซีไอเอ็มบี ไทย', en: 'CIMB Thai Bank' },
  '024': { th: 'ยูโอบี', en: 'United Overseas Bank (Thai)' },
  '025': { th: 'กรุงศรีอยุธยา', en: 'Bank of Ayudhya (Krungsri)' },
  '030': { th: 'ออมสิน', en: 'Government Savings Bank' },
  '033': { th: 'อาคารสงเคราะห์', en: 'Government Housing Bank' },
  '034': { th: 'เพื่อการเกษตรและสหกรณ์การเกษตร (ธ.ก.ส.)', en: 'Bank for Agriculture and Agricultural Cooperatives' },
  '066': { th: 'อิสลามแห่งประเทศไทย', en: 'Islamic Bank of Thailand' },
  '067': { th: 'ทิสโก้', en: 'TISCO Bank' },
  '069': { th: 'เกียรตินาคินภัทร', en: 'Kiatnakin Phatra Bank' },
  '070': { th: 'ไอซีบีซี (ไทย)', en: 'ICBC (Thai)' },
  '073': { th: 'แลนด์ แอนด์ เฮ้าส์', en: 'Land and Houses Bank' },
} as const satisfies Record<string, { th: string; en: string }>
export type BankCode = keyof typeof BANKS
export const BANK_CODES = Object.keys(BANKS) as BankCode[]
