/** Words for a page that cannot load anything more. They are part of the script, in both languages. */
export const pageTh = {
  skip: 'ข้ามไปเนื้อหา',
  offline: 'เน็ตหลุด กลับมาแล้วทำต่อให้เอง',
  pageComing: 'กำลังเปิดหน้าถัดไป',
  brokenTitle: 'หน้านี้มีปัญหา',
  brokenText: 'เป็นความผิดพลาดของเรา ตะกร้าและรูปที่ซื้อยังอยู่ครบ ลองใหม่อีกครั้ง',
  notLoadedTitle: 'หน้านี้ยังโหลดไม่ได้',
  notLoadedText: 'เน็ตอาจหลุดอยู่ เราจะลองให้เองเมื่อเน็ตกลับมา',
  partMissing: 'ยังโหลดไม่ได้ ดูสัญญาณเน็ตแล้วลองใหม่',
  noShopTitle: 'ไม่มีร้านที่ที่อยู่นี้',
  noShopText: 'ตรวจตัวสะกดของที่อยู่ หรือดูงานทั้งหมดที่ร้านรวม',
  toMarketplace: 'ดูงานทั้งหมด',
  help: 'ช่วยเหลือ',
  toHome: 'กลับหน้าแรก',
} as const
