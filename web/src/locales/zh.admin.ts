/** 管理：人员、机构、参数、办理地、采用。 */
export const zhAdmin = {
  who: { what: '{what}：归{who}。', only: '这一页归{who}。', posts: '现由这些岗位担任：{posts}。', manages: '管人员和参数的管理员', grants: '管授权的管理员', audits: '审计员' },
  people: {
    shut: '人员名册由管理员维护', keep: '增改人员', grant: '给岗位、解锁', keepAccounts: '开账号、重设密码', count: '{n} 人', find: '姓名、岗位、账号', where: '在哪里', everywhere: '全部机构', add: '新增人员', none: '名册还是空的', noneText: '先登记机构和村居，再登记人员，然后由管授权的管理员给岗位。', noMatch: '没有符合条件的人', name: '姓名', account: '账号',
    word: { none: '没有账号', locked: '锁定到 {at}', first: '还没有改首次密码', good: '正常' }, key: '代号', keyHint: '小写字母和数字，以后不改', then: '登记以后，由管授权的管理员给岗位；账号在这里开。', addDo: '登记人员', save: '保存', why: '{name}能看什么、为什么', postCount: '{n} 个', reads: '{kind}（{scope}）', readsNone: '不因此看到台账', clash: '{one}和{other}不能由一个人兼任', given: '将给：{posts}。', taken: '将收回：{posts}。', grantDo: '改授岗位', noPosts: '没有岗位，看不到台账。',
    once: '把这个密码交给{name}。它只显示这一次，系统里不留；首次登录会要求改掉。', slip: '{name}：账号 {account}，首次密码 {password}，登录后请立即改掉。', copySlip: '复制给本人', handed: '已交给本人', sessions: '会话', sessionCount: '{n} 个', reset: '重设密码', end: '停用账号', endWhy: '{name}的会话马上结束，不能再登录。办过的事和留痕都在。', endDo: '停用', keepIt: '不停用', unlock: '解锁', accountName: '账号名', make: '开账号', makeWhy: '首次密码由本机随机产生，只显示一次。',
  },
  orgs: { shut: '机构和村居由管理员维护', keep: '增改机构和村居', count: '{n} 个', add: '新增机构或村居', addDo: '登记', none: '还没有机构', noneText: '先登记镇政府、各办公室和村（社区）。', name: '名称', key: '代号', keyHint: '如 shuiping', type: '类别', since: '起', until: '止', edit: '修改' },
  settings: {
    why: '法律没有给、或者没有核到原文的数字', keep: '修改参数', find: '找参数', which: '哪些', only: { all: '全部', own: '本镇设的', blank: '还没有取得' }, none: '没有符合条件的参数', blank: '还没有取得', rows: '{n} 行', own: '本镇设', default: '规则书', edit: '修改', value: '数值', hint: '如 5 workdays、30 days、8', table: '分项数值', keyHint: '项', rowKey: '第 {n} 行的项', rowValue: '第 {n} 行的数值', source: '来源', sourceHint: '文号、会议纪要、通知', wasDefault: '规则书的值：{value}', try: '先看会动什么', write: '写入', needsSource: '先写明来源',
  },
  moved: { would: '会动 {n} 处', none: '没有事项因此变动', did: '动了 {n} 处', didNone: '没有事项因此变动', record: '事项', what: '哪一项', before: '现在', after: '以后', more: '还有 {n} 处，同类', sentence: '{what}，变动 {n} 处：', line: '{number}{what}由{before}改为{after}' },
  homes: { why: '在上级平台办的，这里只登记', keep: '改办理地', here: '在本系统办理', there: '在别的平台办理', platform: '平台名称', default: '（规则书：{home}）' },
  why: { any: '任何人、任何台账', self: '看本人为什么能看、看不到', person: '谁', record: '哪一件', recordHint: '办件地址里的数字', ask: '查', may: '{name}可以看{what}', mayNot: '{name}看不到{what}', guards: '受保护的信息', open: '可以看', masked: '看不到' },
  adopt: {
    shut: '您不能采用日历和规则书', shutText: '采用以后，在走的期限会重新计算，并写入存证。', choose: '选文件', orPaste: '或者粘贴在下面', orDrop: '可以把文件拖到这里', folder: '选整个文件夹', files: '选几个文件', clear: '全部去掉', count: '{n} 个文件', path: '在规则书里的位置', lines: '{n} 行', open: '打开', paste: '粘贴一个文件', text: '文件内容', wait: '事项多的时候要几十秒，请留在本页。', years: '日历已有：{years} 年', faults: '有 {n} 处不对，没有采用', copyFaults: '复制',
    calendar: { title: '日历', do: '采用日历', why: '按国务院办公厅的放假通知写成 YAML。采用以后，先前按工作日估计的期限变成确定的日期。', text: '日历 YAML', hint: '粘贴日历 YAML，或者把文件拖到这里' }, book: { title: '规则书', do: '采用规则书', why: '选整本规则书的文件夹；缺哪个文件、哪一行不对，会逐条说明。', now: '现在用的是 {name} {version} 版。' },
  },
}
