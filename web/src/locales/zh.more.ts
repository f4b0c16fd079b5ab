/** 导入、附件、台账的列和视图、批量、名单、对照。 */
export const zhMore = {
  imports: {
    shut: '您的岗位不补登旧台账', shutText: '由规则书里写明可登记历史事项的岗位来做，例如司法所负责人。',
    sub: '从旧的 Excel 台账搬进来；最后一步之前什么都不写',
    file: { title: '选表格', drop: '把 .xlsx 拖到这里', choose: '选文件', hint: '只读表格里的字。旧的 .xls 请先另存为 .xlsx。', sending: '正在上传', other: '换一个文件' },
    sheet: { title: '哪张表，进哪本台账', which: '工作表', rows: '{n} 行', like: '像{kind}，对上 {n} 列', none: '不像哪本台账', kind: '台账', likely: '像这张表的', match: '{kind}（对上 {n} 列）', header: '表头在第几行', year: '没写年份的日期算哪一年', yearByTitle: '看标题', as: '怎样进来', history: '逐件补登', summary: '只作汇总', state: '这些事现在的状态', stateBySheet: '由表中各列判断', unit: '表里没有机构的，算在', village: '表里没有村居的，算在', why: { history: '每一行是一件事，补登进来，一样计数、一样可以打开。', summary: '逐件的材料已经没有了的，只登记数，报告里标明是汇总。' } },
    columns: { title: '每一列对到哪个字段', said: '对上 {n} 列，{left} 列不进来', column: '表里的列', field: '对到', how: '凭什么', samples: '表里写的', noHeader: '（没有表头）', goes: '{header}对到', nowhere: '不进来', taken: '（现由 {letter} 列）' },
    how: { given: '您定的', kept: '上次定的', name: '同名', synonym: '近义', content: '看内容', none: '没有认出' },
    rows: { title: '每一行会怎样', said: '现在还没有写入', row: '第 {n} 行', line: '行', raw: '表里写的是：{raw}', refusal: '第 {row} 行：{says}', copy: '复制不能进来的' },
    group: { new: '新的', changed: '有改动', unchanged: '已有，不变', refused: '不能进来' }, none: { new: '没有新的', changed: '没有改动', unchanged: '没有重复的', refused: '每一行都能进来' },
    enter: { title: '写入', will: '会在{kind}里新立 {new} 件，更正 {changed} 件。', nothing: '没有要写入的。', refused: '另有 {n} 行不能进来，改好表格再导一次就行。', why: '同一个文件再导一次，不会重复写入。', do: '写入 {n} 件' },
    job: { running: '正在写入', far: '已过 {done} / {total} 行', leave: '可以离开本页，回来还在这里。', done: '写入完了', failed: '没有写完', outcome: '{day}，{name} 导入{kind}：新立 {new} 件，更正 {changed} 件，不变 {unchanged} 件，不能进来 {refused} 行。', see: '看{kind}', again: '再导一个', failedWhy: '已经写入的都在；改好以后用同一个文件再导，不会重复。' },
  },
  files: { choose: '选文件', byName: '写名称和存放处', large: '超过 64 MB，请压缩或者分开', kind: '程序、脚本和网页不能作附件', sending: '正在上传 {name}', unnamed: '附件 …{digest}', onPaper: '纸质', view: '查看', viewIt: '查看 {name}', save: '保存' },
  columns: { title: '列', usual: '恢复原来的列', kept: '只存在本机。' },
  views: { title: '我的视图', none: '还没有。把现在的筛选和列存成一个，下次一点就到。', save: '把现在的存下来', name: '起个名字', do: '存下' },
  bulk: { reason: '原因', reasonHint: '已经有承办人的，写明为什么换', label: '勾选的事项', all: '全部勾选', tick: '勾选 {what}', ticked: '已勾选 {n} 件', copy: '复制成一句话', print: '打印清单', set: '填{field}', clear: '不选了', sentence: '{town}{kind} {n} 件（{day}）：', printed: '{said}　共 {n} 件　{day} {name} 打印', why: '{n} 件逐件写入，每件一条存证。办理时已经定下的不在这里改，会逐件说明，到办件里更正。', now: '现为 {name}', blank: '空着', outcome: '{all} 件里写入 {done} 件，没有写入 {refused} 件', far: '已办 {settled} / {all} 件', do: '填 {n} 件', again: '再试 {n} 件', stop: '停下', state: { waiting: '待填', skipped: '已经是', running: '正在写', done: '已填', refused: '不能填', failed: '没写成' } },
  roster: { title: '名单', unit: '机构', everybody: '全镇', register: '取名册', paste: '或者粘贴姓名，一行一个', none: '取名册或者粘贴姓名，然后勾出没有到的人。', count: '{n} 人，到 {there} 人，勾出未到 {absent} 人', unknown: '名册里没有', why: '{name}没有到的理由', whyHint: '理由，选填', notIn: '名册里没有或者有重名，不会写入：{names}', how: '未到的', leaveOut: '不列入', mark: '列入，{field}记“{value}”', take: '写入 {n} 行', taken: '名单写入 {n} 行。', absent: '未到：{names}。', absentWords: '缺席、未到、缺考、请假、未参加', presentWords: '到场、到会、出席、参加、参考、签到' },
  compare: { title: '对照两版', short: '对照', by: '对照', twoDays: '任意两天', entry: '{at} {act}（存证 {n}）前后', from: '从哪天', to: '到哪天', only: '只看不同', all: '看全部', sameDay: '前一条也在同一天，按日分不出先后；这一条改了什么，见上。', same: '{from} 和 {to} 之间没有不同', head: '事项', what: '哪一项', mark: '是否不同', added: '新填', gone: '清空', differs: '不同', count: '{n} 处不同', sentence: '{from} 与 {to} 相比有 {n} 处不同：{what}。', line: '{label}由{before}改为{after}' },
}
