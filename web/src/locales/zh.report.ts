/** 年度报告分章编写。 */
export const zhReport = {
  chapters: {
    title: '分章编写', sub: '{year} 年度报告，{all} 章，采用 {adopted} 章', back: '报告', what: '章', unit: '由谁写', due: '交稿日', state: '进度', last: '最近一步', none: '报告样式里没有可以分的章', noneText: '样式 report/annual.md 的标题后面写 {"{"}#键{"}"} 的才可以分。',
    is: { none: '未分', open: '待交', handed_in: '已交', sent_back: '退回', adopted: '采用' }, late: '已过交稿日', mine: '由您的部门写', linkUntil: '链接开到 {day}',
    source: { written: '', last_year: '还没有写：从去年采用的文本开始，数字已经换成今年的。', sample: '还没有写：从样式的文本开始，数字是今年的。' },
    text: '正文', textHint: '双花括号里是数字，会自动取今年的数；不要改成写死的数。', picks: '典型案例', picksHint: '本年放行的，选用哪一则就插在哪里', pick: '插入', picked: '已用', insert: '插入数字', find: '找数字', reads: '读起来是这样', faults: '{n} 处要改', figures: '这一章用到的数', stale: '{n} 处像是往年的', noFigures: '没有用到数字',
    save: '保存', saved: '已保存', handIn: '交稿', handedIn: '已交稿，等发布人采用', adopted: '已采用，写进了报告', sentBack: '退回：{says}', only: '只有分到的部门能改；您可以看。',
    assign: '分给', assignGo: '分派', again: '改派', adopt: '采用', sendBack: '退回', says: '退回的理由', saysHint: '写的部门看得到', settle: '发布人',
    link: '不登录的链接', linkWhy: '给没有账号的写稿人：只开这一章和它的数字，别的都看不到。', until: '开到哪一天', linkGo: '生成链接', linkNew: '换一个，旧的作废', linkEnd: '收回', linkOnce: '只显示这一次，复制后发给写稿人。', copyLink: '复制链接', linkOpen: '有一个链接开到 {day}。',
    writer: '填写人', writerHint: '您的姓名', linked: '{town}{year}年度法治政府建设报告', linkedWhy: '请写好这一章后交稿。数字由台账自动生成。', edition: { now: '现在的文本', published: '发布时的文本' },
  },
}
