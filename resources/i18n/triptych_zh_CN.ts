<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AdoptView</name>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>At the desk</source>
        <translation>在前台</translation>
    </message>
    <message>
        <source>One a completed epoch. The result is the epoch that tells the validation people apart best; take an earlier one back here. An interrupted run goes on from the newest.</source>
        <translation>每完成一轮保存一个。结果取最能区分验证人员的那一轮；也可以在这里退回到较早的一轮。中断的训练会从最新的检查点继续。</translation>
    </message>
    <message>
        <source>Encodings of two encoders are never compared, so everybody has to be encoded again: from kept photos, or by coming by once more. The old encodings stay until you delete them, so going back costs nothing.</source>
        <translation>两个编码器的编码从不互相比较，所以每个人都要重新编码：用保留的照片，或者本人再来一次。旧编码会一直保留到您删除为止，因此随时可以退回。</translation>
    </message>
    <message>
        <source>Take this epoch back</source>
        <translation>退回到这一轮</translation>
    </message>
    <message>
        <source>Who would have to come by?</source>
        <translation>谁需要再来一次？</translation>
    </message>
    <message>
        <source>Use this encoder at the desk</source>
        <translation>在前台使用这个编码器</translation>
    </message>
    <message>
        <source>Back to the encoder before</source>
        <translation>退回到之前的编码器</translation>
    </message>
    <message>
        <source>the encoder on board</source>
        <translation>自带的编码器</translation>
    </message>
    <message>
        <source>In use: {model}</source>
        <translation>正在使用：{model}</translation>
    </message>
    <message>
        <source>Epoch {epoch}</source>
        <translation>第 {epoch} 轮</translation>
    </message>
    <message>
        <source>Epoch {epoch}: area {auc}, equal error rate {eer}</source>
        <translation>第 {epoch} 轮：曲线下面积 {auc}，等错误率 {eer}</translation>
    </message>
    <message>
        <source>This encoder has seen drawn faces only and does not know real ones. Train on photos for the desk.</source>
        <translation>这个编码器只见过画出来的人脸，不认识真人。要给前台用，请用照片训练。</translation>
    </message>
    <message>
        <source>This encoder compares two faces with a classifier, and the desk compares by distance. Train with the triplet or softmax loss for the desk.</source>
        <translation>这个编码器用分类器比较两张人脸，而前台按距离比较。要给前台用，请用三元组损失或 softmax 训练。</translation>
    </message>
    <message>
        <source>Ready: {people}</source>
        <translation>已就绪：{people}</translation>
    </message>
    <message>
        <source>Encoded again from kept photos: {people}</source>
        <translation>可用保留的照片重新编码：{people}</translation>
    </message>
    <message>
        <source>Must come by: {people}</source>
        <translation>需要再来一次：{people}</translation>
    </message>
</context>
<context>
    <name>AlikeQuestion</name>
    <message>
        <source>Is {new} the same person as {old}?</source>
        <translation>{new} 和 {old} 是同一个人吗？</translation>
    </message>
    <message>
        <source>The same: keep only {old}</source>
        <translation>同一个人：只保留 {old}</translation>
    </message>
    <message>
        <source>Two people who look alike</source>
        <translation>两个相貌相似的人</translation>
    </message>
    <message>
        <source>A mistake: take it back</source>
        <translation>弄错了：撤回</translation>
    </message>
    <message>
        <source>People who look alike are never welcomed by the face alone: they tap a badge or say who they are.</source>
        <translation>相貌相似的人绝不会仅凭人脸放行：需刷工牌或说明身份。</translation>
    </message>
</context>
<context>
    <name>AlikeTab</name>
    <message>
        <source>{gone} was {keep}: their looks and visits are together now.</source>
        <translation>{gone} 就是 {keep}：外貌记录和来访已合并。</translation>
    </message>
    <message>
        <source>People who look alike are never welcomed by the face alone: they tap a badge or type a number, and are compared 1:1. Pairs are found at enrolment and import.</source>
        <translation>相貌相似的人绝不会仅凭人脸放行：需刷工牌或输入编号，再做 1:1 比对。相似的组合在登记和导入时发现。</translation>
    </message>
    <message>
        <source>Nobody looks like somebody else</source>
        <translation>没有相貌相似的人</translation>
    </message>
    <message>
        <source>There is nothing to do here.</source>
        <translation>这里无事可做。</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>looks like</source>
        <translation>相似于</translation>
    </message>
    <message>
        <source>Pairs of lookalikes</source>
        <translation>相貌相似的组合</translation>
    </message>
    <message>
        <source>They can be told apart</source>
        <translation>可以区分，取消标记</translation>
    </message>
    <message>
        <source>Both are welcomed by the face alone again.</source>
        <translation>两人又可仅凭人脸放行。</translation>
    </message>
    <message>
        <source>One person: keep {name}</source>
        <translation>同一个人：保留 {name}</translation>
    </message>
    <message>
        <source>{one} and {other} are welcomed by the face alone again.</source>
        <translation>{one} 和 {other} 又可仅凭人脸放行。</translation>
    </message>
    <message>
        <source>Is {gone} really {keep}?</source>
        <translation>{gone} 真的是 {keep} 吗？</translation>
    </message>
    <message>
        <source>The name {gone} goes; looks and visits stay. This cannot be undone.</source>
        <translation>姓名 {gone} 将被移除；外貌记录和来访保留。此操作无法撤销。</translation>
    </message>
    <message>
        <source>One person</source>
        <translation>同一个人</translation>
    </message>
</context>
<context>
    <name>AskPage</name>
    <message>
        <source>Most unusual</source>
        <translation>最不寻常</translation>
    </message>
    <message>
        <source>Stronger here than on most of what was scanned</source>
        <translation>在这里的响应强于已扫描内容中的大多数</translation>
    </message>
    <message>
        <source>Strongest</source>
        <translation>最强</translation>
    </message>
    <message>
        <source>Point and ask</source>
        <translation>点选提问</translation>
    </message>
    <message>
        <source>Scan a folder first: only then it is known what is unusual.</source>
        <translation>请先扫描一个文件夹：之后才知道什么是不寻常的。</translation>
    </message>
    <message>
        <source>It need not be one of those that were scanned.</source>
        <translation>不必是扫描过的文件。</translation>
    </message>
    <message>
        <source>Click a spot, or drag a box. With Shift, dragging moves the picture.</source>
        <translation>点击一处，或拖出一个框。按住 Shift 拖动可移动图片。</translation>
    </message>
    <message>
        <source>The number says which share of the scanned pictures stays below.</source>
        <translation>数字表示有多大比例的已扫描图片低于此处。</translation>
    </message>
    <message>
        <source>The number says which share of the scanned windows stays below.</source>
        <translation>数字表示有多大比例的已扫描窗口低于此值。</translation>
    </message>
    <message>
        <source>The number is the activation.</source>
        <translation>数字是激活值。</translation>
    </message>
    <message>
        <source>nothing fires here</source>
        <translation>此处没有响应</translation>
    </message>
    <message>
        <source>Unit {number}</source>
        <translation>单元 {number}</translation>
    </message>
</context>
<context>
    <name>AttackWizard</name>
    <message>
        <source>Pause the test</source>
        <translation>暂停测试</translation>
    </message>
    <message>
        <source>Start the attack test</source>
        <translation>开始攻击测试</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Presentations made</source>
        <translation>已进行的次数</translation>
    </message>
    <message>
        <source>Nothing passed on this camera</source>
        <translation>此摄像头上没有攻击通过</translation>
    </message>
    <message>
        <source>The door output may be switched on.</source>
        <translation>可以启用门禁输出。</translation>
    </message>
    <message>
        <source>The door output stays off.</source>
        <translation>门禁输出保持关闭。</translation>
    </message>
    <message>
        <source>{name}: try {number} of {total}</source>
        <translation>{name}：第 {number} 次，共 {total} 次</translation>
    </message>
    <message>
        <source>Attack test. {step}. {what}</source>
        <translation>攻击测试。{step}。{what}</translation>
    </message>
    <message>
        <source>Attack your own desk: first yourself, then a print, a phone, a tablet and a laptop, five times each. Step away from the camera between two tries. The desk screen says what is next.</source>
        <translation>攻击您自己的前台：先是您本人，然后依次用打印照片、手机、平板和笔记本电脑，各五次。两次之间请离开摄像头。前台屏幕会提示下一步。</translation>
    </message>
    <message>
        <source>Camera: {name}</source>
        <translation>摄像头：{name}</translation>
    </message>
    <message>
        <source>Choose a camera in the main window first.</source>
        <translation>请先在主窗口选择摄像头。</translation>
    </message>
    <message>
        <source>APCER, {name}: {share}</source>
        <translation>APCER（{name}）：{share}</translation>
    </message>
    <message>
        <source>BPCER: {share}</source>
        <translation>BPCER：{share}</translation>
    </message>
    <message>
        <source>{count} of {trials}, with 95 % certainty {low:.0%} to {high:.0%}</source>
        <translation>{trials} 次中 {count} 次，95 % 置信区间 {low:.0%} 至 {high:.0%}</translation>
    </message>
</context>
<context>
    <name>AuditTab</name>
    <message>
        <source>This is no head: it is a number, a colon and 64 digits or letters.</source>
        <translation>这不是链头：链头由一个编号、一个冒号和 64 位数字或字母组成。</translation>
    </message>
    <message>
        <source>Every entry is tied to the one before. Keep the head (its number and code) outside this computer: compared with it, even a log that was put back to an earlier day is found out.</source>
        <translation>每条记录都与前一条相连。请把链头（编号和代码）保存在本机之外：与它对照，即使日志被换回较早的版本也能发现。</translation>
    </message>
    <message>
        <source>A head that was kept, to compare with</source>
        <translation>保存过的链头，用于对照</translation>
    </message>
    <message>
        <source>Entries of the log</source>
        <translation>日志条目</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Copy the head</source>
        <translation>复制链头</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>The log is whole: {count} entries</source>
        <translation>日志完整：{count} 条</translation>
    </message>
    <message>
        <source>The log was tampered with at entry {place}</source>
        <translation>日志在第 {place} 条处被篡改</translation>
    </message>
    <message>
        <source>erased ({code})</source>
        <translation>已删除（{code}）</translation>
    </message>
    <message>
        <source>The head is in the clipboard.</source>
        <translation>链头已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>AuditWords</name>
    <message>
        <source>person added</source>
        <translation>添加人员</translation>
    </message>
    <message>
        <source>encodings added</source>
        <translation>添加编码</translation>
    </message>
    <message>
        <source>encoding removed</source>
        <translation>移除编码</translation>
    </message>
    <message>
        <source>encodings expired</source>
        <translation>编码到期</translation>
    </message>
    <message>
        <source>person renamed</source>
        <translation>更改姓名</translation>
    </message>
    <message>
        <source>person erased</source>
        <translation>删除人员</translation>
    </message>
    <message>
        <source>person expired</source>
        <translation>人员到期</translation>
    </message>
    <message>
        <source>person erased again</source>
        <translation>再次删除人员</translation>
    </message>
    <message>
        <source>details changed</source>
        <translation>更改资料</translation>
    </message>
    <message>
        <source>data exported</source>
        <translation>导出数据</translation>
    </message>
    <message>
        <source>duplicate merged</source>
        <translation>合并重复人员</translation>
    </message>
    <message>
        <source>lookalike marked</source>
        <translation>标记相似者</translation>
    </message>
    <message>
        <source>lookalike unmarked</source>
        <translation>取消相似标记</translation>
    </message>
    <message>
        <source>people imported</source>
        <translation>导入人员</translation>
    </message>
    <message>
        <source>import undone</source>
        <translation>撤销导入</translation>
    </message>
    <message>
        <source>checked in</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>checked out</source>
        <translation>签退</translation>
    </message>
    <message>
        <source>visit undone</source>
        <translation>撤销来访</translation>
    </message>
    <message>
        <source>PIN set</source>
        <translation>设置 PIN</translation>
    </message>
    <message>
        <source>PIN removed</source>
        <translation>移除 PIN</translation>
    </message>
    <message>
        <source>PIN accepted</source>
        <translation>PIN 正确</translation>
    </message>
    <message>
        <source>PIN refused</source>
        <translation>PIN 错误</translation>
    </message>
    <message>
        <source>key moved</source>
        <translation>转移密钥</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>calibration removed</source>
        <translation>取消校准</translation>
    </message>
    <message>
        <source>backed up</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>restored</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>gallery sealed</source>
        <translation>人员库已加密</translation>
    </message>
    <message>
        <source>door set</source>
        <translation>设置门禁</translation>
    </message>
    <message>
        <source>liveness verified</source>
        <translation>活体检测已验证</translation>
    </message>
    <message>
        <source>encodings of an old model removed</source>
        <translation>移除旧模型的编码</translation>
    </message>
    <message>
        <source>rules of enrolment set</source>
        <translation>设置登记规则</translation>
    </message>
    <message>
        <source>host called</source>
        <translation>呼叫接待人</translation>
    </message>
    <message>
        <source>desk: host called</source>
        <translation>前台：呼叫接待人</translation>
    </message>
    <message>
        <source>desk: welcome taken back</source>
        <translation>前台：撤回欢迎</translation>
    </message>
    <message>
        <source>desk: welcome</source>
        <translation>前台：欢迎</translation>
    </message>
    <message>
        <source>desk: badge asked</source>
        <translation>前台：请刷工牌</translation>
    </message>
    <message>
        <source>desk: not recognised</source>
        <translation>前台：未识别</translation>
    </message>
    <message>
        <source>liveness withdrawn</source>
        <translation>活体检测验证已撤销</translation>
    </message>
    <message>
        <source>kiosk</source>
        <translation>自助机</translation>
    </message>
    <message>
        <source>reception</source>
        <translation>接待</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>desk</source>
        <translation>前台</translation>
    </message>
    <message>
        <source>program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>命令行</translation>
    </message>
</context>
<context>
    <name>Batches</name>
    <message>
        <source>Painting {count} pictures</source>
        <translation>正在绘制 {count} 张图片</translation>
    </message>
    <message>
        <source>{name} · {done} finished</source>
        <translation>{name} · 已完成 {done} 张</translation>
    </message>
    <message>
        <source>{painted} painted, {kept} were there already, {refused} could not be painted.</source>
        <translation>新画 {painted} 张，原已存在 {kept} 张，{refused} 张无法绘制。</translation>
    </message>
    <message>
        <source>The batch was stopped; started again, it goes on where it was.</source>
        <translation>批处理已停止；再次开始时会从停下的地方继续。</translation>
    </message>
</context>
<context>
    <name>CalibrationTab</name>
    <message>
        <source>Every stranger is compared with everybody enrolled, so the line has to be stricter the more people there are. Here it is drawn from the encodings in the list itself.</source>
        <translation>每个陌生人都会与所有已登记的人比对，因此人越多，界线必须越严格。这里用名单自身的编码来确定界线。</translation>
    </message>
    <message>
        <source>Strangers welcomed by mistake, at most</source>
        <translation>误放行陌生人的比例，至多</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Use this line</source>
        <translation>采用此界线</translation>
    </message>
    <message>
        <source>Use the built-in line</source>
        <translation>采用内置界线</translation>
    </message>
    <message>
        <source>the same person</source>
        <translation>同一个人</translation>
    </message>
    <message>
        <source>different people</source>
        <translation>不同的人</translation>
    </message>
    <message>
        <source>squared distance</source>
        <translation>平方距离</translation>
    </message>
    <message>
        <source>Enrol at least two people, then measure.</source>
        <translation>请先登记至少两个人，再测量。</translation>
    </message>
    <message>
        <source>τ = {tau:.3f} for {people} people (built in: {lfw:.3f})</source>
        <translation>{people} 人的 τ = {tau:.3f}（内置：{lfw:.3f}）</translation>
    </message>
    <message>
        <source>Measured on {pairs} pairs of different people.</source>
        <translation>在 {pairs} 对不同的人上测得。</translation>
    </message>
    <message>
        <source>{pairs} pairs of different people prove no rate of a single comparison below {proved:.2g} (3/n); {far:.2g} is needed. The line is extrapolated and never laxer than the built-in one.</source>
        <translation>{pairs} 对不同的人无法证明单次比对的错误率低于 {proved:.2g}（3/n），而需要 {far:.2g}。此界线为外推所得，绝不比内置的宽松。</translation>
    </message>
    <message>
        <source>With one photo a person nothing is known about who would be missed.</source>
        <translation>每人只有一张照片时，无法得知谁会被漏认。</translation>
    </message>
    <message>
        <source>{share:.1%} of {pairs} pairs of one person lie beyond it: they would step up.</source>
        <translation>同一个人的 {pairs} 对中有 {share:.1%} 超出界线：这些人需要进一步验证。</translation>
    </message>
    <message>
        <source>The line is in use.</source>
        <translation>此界线已生效。</translation>
    </message>
    <message>
        <source>The built-in line is in use.</source>
        <translation>内置界线已生效。</translation>
    </message>
</context>
<context>
    <name>CameraBar</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Look for cameras again</source>
        <translation>重新查找摄像头</translation>
    </message>
    <message>
        <source>Video file</source>
        <translation>视频文件</translation>
    </message>
    <message>
        <source>Picture folder</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>CardForm</name>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN 码</translation>
    </message>
    <message>
        <source>Badge code</source>
        <translation>工牌代码</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Consent on</source>
        <translation>同意日期</translation>
    </message>
    <message>
        <source>Erase after</source>
        <translation>此后删除</translation>
    </message>
    <message>
        <source>Recognise until</source>
        <translation>识别至</translation>
    </message>
    <message>
        <source>Spoken welcome</source>
        <translation>语音问候</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>接待人</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>year-month-day</source>
        <translation>年-月-日</translation>
    </message>
    <message>
        <source>Whom a visitor comes to see</source>
        <translation>访客要见的人</translation>
    </message>
    <message>
        <source>For example: entrance to the office</source>
        <translation>例如：办公室入口</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>不出声</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>名字</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>全名</translation>
    </message>
    <message>
        <source>Encodings</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加于</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Remove encoding</source>
        <translation>移除编码</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Set. Type another to change it.</source>
        <translation>已设置。输入新的即可更改。</translation>
    </message>
    <message>
        <source>With the number, where no camera helps</source>
        <translation>与编号一起使用，无需摄像头</translation>
    </message>
    <message>
        <source>Nobody is chosen</source>
        <translation>未选择人员</translation>
    </message>
    <message>
        <source>Choose a person on the left.</source>
        <translation>请在左侧选择一个人。</translation>
    </message>
    <message>
        <source>No consent is recorded.</source>
        <translation>没有同意记录。</translation>
    </message>
    <message>
        <source>Looks like {names}: verified 1:1 only.</source>
        <translation>与 {names} 相似：只做 1:1 验证。</translation>
    </message>
    <message>
        <source>Has a PIN.</source>
        <translation>已设 PIN。</translation>
    </message>
    <message>
        <source>Visitor: the encodings end with the visit.</source>
        <translation>访客：编码随来访结束而删除。</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} 天</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>{name}, to download</source>
        <translation>{name}（需下载）</translation>
    </message>
    <message>
        <source>Another network…</source>
        <translation>其他网络…</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>打开模型文件…</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>A folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>A folder of recordings</source>
        <translation>记录文件夹</translation>
    </message>
    <message>
        <source>A folder of volumes</source>
        <translation>体数据文件夹</translation>
    </message>
    <message>
        <source>Drop it here, or click to choose.</source>
        <translation>拖放到这里，或点击选择。</translation>
    </message>
    <message>
        <source>Pictures on board</source>
        <translation>自带图片</translation>
    </message>
    <message>
        <source>Drop another folder here, or click to choose.</source>
        <translation>拖放另一个文件夹到这里，或点击选择。</translation>
    </message>
    <message>
        <source>Use the pictures on board</source>
        <translation>使用自带图片</translation>
    </message>
    <message>
        <source>Use generated recordings</source>
        <translation>使用生成的记录</translation>
    </message>
    <message>
        <source>Use generated volumes</source>
        <translation>使用生成的体数据</translation>
    </message>
    <message>
        <source>Cut out and align the faces</source>
        <translation>截取并对齐人脸</translation>
    </message>
    <message>
        <source>The face encoder was trained on upright faces of 112 × 112 pixels. Without this it is shown the middle of every photo.</source>
        <translation>人脸编码器是用 112 × 112 像素、已摆正的人脸训练的。不勾选时，它看到的是每张照片的中央部分。</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>{units} units</source>
        <translation>{units} 个单元</translation>
    </message>
    <message>
        <source>sees {size}, stride {stride}</source>
        <translation>感受野 {size}，步长 {stride}</translation>
    </message>
</context>
<context>
    <name>ColourPage</name>
    <message>
        <source>Acts at once, on a finished painting too; nothing is painted anew.</source>
        <translation>立即生效，对已完成的画也有效；无需重新绘制。</translation>
    </message>
    <message>
        <source>As painted</source>
        <translation>保持画作的颜色</translation>
    </message>
    <message>
        <source>The colours that the style brings</source>
        <translation>由风格带来的颜色</translation>
    </message>
    <message>
        <source>The photo&apos;s colours</source>
        <translation>照片的颜色</translation>
    </message>
    <message>
        <source>Only light and dark come from the painting</source>
        <translation>只有明暗来自画作</translation>
    </message>
    <message>
        <source>The photo&apos;s palette</source>
        <translation>照片的色调</translation>
    </message>
    <message>
        <source>Mean and spread of the colours are the photo&apos;s</source>
        <translation>颜色的均值与分布与照片一致</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>程度</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Desk</source>
        <translation>前台</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Recognise</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Enrol with one look, then welcome by name.</source>
        <translation>看一眼即可登记，之后以姓名欢迎。</translation>
    </message>
    <message>
        <source>These are the people on board. Your own gallery is untouched.</source>
        <translation>这些是随程序附带的人物，您自己的人员库不受影响。</translation>
    </message>
    <message>
        <source>Back to my people</source>
        <translation>回到我的人员库</translation>
    </message>
    <message>
        <source>Office: visits, cards, door…</source>
        <translation>办公室：来访、名片、门禁…</translation>
    </message>
    <message>
        <source>Visits and roll-call, visitors, cards, import, door, calibration, audit log, backup</source>
        <translation>来访与点名、访客、名片、导入、门禁、校准、审计日志、备份</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>Train and measure an encoder of your own</source>
        <translation>训练并测量您自己的编码器</translation>
    </message>
    <message>
        <source>{role}: lock</source>
        <translation>{role}：锁定</translation>
    </message>
    <message>
        <source>Leave the window to the kiosk; a role is taken again with its PIN.</source>
        <translation>把窗口交给自助机；凭 PIN 码可重新取得角色。</translation>
    </message>
    <message>
        <source>No PIN is set: whoever opens the window is administrator. Press to set one.</source>
        <translation>未设 PIN 码：打开窗口的人就是管理员。点击即可设置。</translation>
    </message>
</context>
<context>
    <name>ConsentForm</name>
    <message>
        <source>Say what the face is used for first.</source>
        <translation>请先说明人脸的用途。</translation>
    </message>
    <message>
        <source>Say how long the person is kept first.</source>
        <translation>请先说明保留多久。</translation>
    </message>
    <message>
        <source>Ask for consent first, and tick the box.</source>
        <translation>请先征得同意并勾选。</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>For example: entrance to the office</source>
        <translation>例如：办公室入口</translation>
    </message>
    <message>
        <source>What the face is used for</source>
        <translation>人脸的用途</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>half a year</source>
        <translation>半年</translation>
    </message>
    <message>
        <source>a year</source>
        <translation>一年</translation>
    </message>
    <message>
        <source>two years</source>
        <translation>两年</translation>
    </message>
    <message>
        <source>How long the person is kept</source>
        <translation>人员保留多久</translation>
    </message>
    <message>
        <source>The person knows this and agrees</source>
        <translation>本人已知情并同意</translation>
    </message>
    <message>
        <source>All of them know this and agree</source>
        <translation>这些人都知情并同意</translation>
    </message>
    <message>
        <source>What a line of the CSV says itself counts before this.</source>
        <translation>CSV 某一行自己写明的内容优先。</translation>
    </message>
</context>
<context>
    <name>DataCard</name>
    <message>
        <source>Looking for faces …</source>
        <translation>正在查找人脸……</translation>
    </message>
    <message>
        <source>{faces} faces, {left_out} photos left out</source>
        <translation>{faces} 张人脸，{left_out} 张照片未采用</translation>
    </message>
    <message>
        <source>Comparing {faces} faces …</source>
        <translation>正在比较 {faces} 张人脸…</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>A folder of people</source>
        <translation>人员文件夹</translation>
    </message>
    <message>
        <source>One sub-folder a person.</source>
        <translation>每人一个子文件夹。</translation>
    </message>
    <message>
        <source>Or try it with drawn faces</source>
        <translation>或用画出来的人脸试一试</translation>
    </message>
    <message>
        <source>{people} people with {photos} usable photos; {pairs} people have two or more. {left_out} left out.</source>
        <translation>{people} 人，共 {photos} 张可用照片；{pairs} 人有两张或更多。{left_out} 张未采用。</translation>
    </message>
    <message>
        <source>look like another person: {count}</source>
        <translation>看起来像另一个人：{count}</translation>
    </message>
    <message>
        <source>looks like another person, most like {name}</source>
        <translation>看起来像另一个人，最像 {name}</translation>
    </message>
    <message>
        <source>looks like another person</source>
        <translation>看起来像另一个人</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>没有人脸</translation>
    </message>
    <message>
        <source>several faces</source>
        <translation>有多张人脸</translation>
    </message>
    <message>
        <source>one photo under two names</source>
        <translation>同一张照片用了两个名字</translation>
    </message>
    <message>
        <source>the same photo again</source>
        <translation>照片重复</translation>
    </message>
    <message>
        <source>two folders of one name</source>
        <translation>两个文件夹同名</translation>
    </message>
    <message>
        <source>in no person&apos;s folder</source>
        <translation>不在任何人的文件夹里</translation>
    </message>
</context>
<context>
    <name>DeskControl</name>
    <message>
        <source>Taken back: the visit is undone, and a badge is asked.</source>
        <translation>已撤回：来访已撤销，并请对方刷工牌。</translation>
    </message>
    <message>
        <source>Taken back: the visit of {name} is undone.</source>
        <translation>已撤回：{name} 的来访已撤销。</translation>
    </message>
    <message>
        <source>There is no visit of {name} to take back.</source>
        <translation>没有可撤回的 {name} 的来访。</translation>
    </message>
    <message>
        <source>The desk could not write something down and welcomes nobody. Check the disk.</source>
        <translation>前台无法写入记录，因此不放行任何人。请检查磁盘。</translation>
    </message>
    <message>
        <source>This number is not known</source>
        <translation>没有这个编号</translation>
    </message>
    <message>
        <source>Try again, or call the host.</source>
        <translation>请再试一次，或呼叫接待人。</translation>
    </message>
    <message>
        <source>The desk screen stays open.</source>
        <translation>前台屏幕保持打开。</translation>
    </message>
    <message>
        <source>This PIN is not right</source>
        <translation>PIN 不正确</translation>
    </message>
</context>
<context>
    <name>DeskPage</name>
    <message>
        <source>Before the first visitor</source>
        <translation>迎接第一位来客之前</translation>
    </message>
    <message>
        <source>Close the desk screen</source>
        <translation>关闭前台屏幕</translation>
    </message>
    <message>
        <source>Open the desk screen</source>
        <translation>打开前台屏幕</translation>
    </message>
    <message>
        <source>Camera: {name}</source>
        <translation>摄像头：{name}</translation>
    </message>
    <message>
        <source>Choose a camera, a video or a stream at the top right.</source>
        <translation>请在右上方选择摄像头、视频或网络流。</translation>
    </message>
    <message>
        <source>People enrolled: {count}</source>
        <translation>已登记人数：{count}</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet.</source>
        <translation>还没有登记任何人。</translation>
    </message>
    <message>
        <source>This window is guarded by a PIN.</source>
        <translation>此窗口受 PIN 码保护。</translation>
    </message>
    <message>
        <source>No PIN: whoever opens this window may do everything.</source>
        <translation>没有 PIN 码：打开此窗口的人可做任何操作。</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Liveness is verified on this camera.</source>
        <translation>此摄像头的活体检测已通过验证。</translation>
    </message>
    <message>
        <source>The attack test failed: the door stays off.</source>
        <translation>攻击测试未通过：门禁保持关闭。</translation>
    </message>
    <message>
        <source>Liveness is not verified on this camera: the door stays off.</source>
        <translation>此摄像头的活体检测未经验证：门禁保持关闭。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
</context>
<context>
    <name>DoorTab</name>
    <message>
        <source>What the desk asks for</source>
        <translation>前台的要求</translation>
    </message>
    <message>
        <source>Attack your own desk</source>
        <translation>攻击您自己的前台</translation>
    </message>
    <message>
        <source>Door and notifications</source>
        <translation>门禁与通知</translation>
    </message>
    <message>
        <source>The open desk screen goes on as before. Close it and open it again to use this.</source>
        <translation>已打开的前台屏幕仍按原设置运行。关闭后重新打开，新设置才会生效。</translation>
    </message>
    <message>
        <source>The door is set.</source>
        <translation>门禁已设置。</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>As content</source>
        <translation>作为内容</translation>
    </message>
    <message>
        <source>The photo to be painted.</source>
        <translation>要绘制的照片。</translation>
    </message>
    <message>
        <source>As style</source>
        <translation>作为风格</translation>
    </message>
    <message>
        <source>One painting, or several.</source>
        <translation>一幅或多幅画。</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose a video</source>
        <translation>选择视频</translation>
    </message>
    <message>
        <source>Choose pictures</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>选择一张图片</translation>
    </message>
    <message>
        <source>This comes from a web page. Save the file first, then drop it here.</source>
        <translation>这来自网页。请先保存文件，再拖到这里。</translation>
    </message>
    <message>
        <source>There is no file in this.</source>
        <translation>其中没有文件。</translation>
    </message>
    <message>
        <source>{name} is not there any more.</source>
        <translation>{name} 已不存在。</translation>
    </message>
    <message>
        <source>One at a time, please: {count} were dropped.</source>
        <translation>一次只能放一个，刚才放了 {count} 个。</translation>
    </message>
    <message>
        <source>{name} is a folder; a video file belongs here.</source>
        <translation>{name} 是文件夹，这里需要视频文件。</translation>
    </message>
    <message>
        <source>{name} is a folder; a picture file belongs here.</source>
        <translation>{name} 是文件夹，这里需要图片文件。</translation>
    </message>
    <message>
        <source>{name} is not a video file.</source>
        <translation>{name} 不是视频文件。</translation>
    </message>
    <message>
        <source>{name} is not a picture file.</source>
        <translation>{name} 不是图片文件。</translation>
    </message>
    <message>
        <source>The picture could not be taken over. Save it to a file and drop that.</source>
        <translation>无法接收这张图片。请先存成文件，再拖入该文件。</translation>
    </message>
</context>
<context>
    <name>Easel</name>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Photo and painting side by side, with a line to drag</source>
        <translation>照片与画作并排显示，可拖动分界线</translation>
    </message>
    <message>
        <source>Paint the sample pictures</source>
        <translation>用示例图片作画</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Progress of the painting</source>
        <translation>绘画进度</translation>
    </message>
    <message>
        <source>Regions are painted on the photo</source>
        <translation>在照片上涂出区域</translation>
    </message>
    <message>
        <source>Choose a photo first.</source>
        <translation>请先选择一张照片。</translation>
    </message>
    <message>
        <source>Arrows move the brush, Space paints, Delete erases, [ and ] change its size, Ctrl+Z undoes.</source>
        <translation>方向键移动画笔，空格涂抹，删除键擦除，[ 和 ] 改变大小，Ctrl+Z 撤销。</translation>
    </message>
    <message>
        <source>Your painting appears here</source>
        <translation>你的画作将出现在这里</translation>
    </message>
    <message>
        <source>Drop a photo and a painting on the left, then press Start.</source>
        <translation>在左侧拖入一张照片和一幅画，然后点击“开始”。</translation>
    </message>
</context>
<context>
    <name>EnrolPage</name>
    <message>
        <source>Good: this look will do</source>
        <translation>很好：这样就可以</translation>
    </message>
    <message>
        <source>Looking… {done} of {total}</source>
        <translation>正在看… {done} / {total}</translation>
    </message>
    <message>
        <source>Reading the photos…</source>
        <translation>正在读取照片…</translation>
    </message>
    <message>
        <source>One good look or one photo is enough. Only the encoding is kept, not the photo.</source>
        <translation>看一眼镜头或一张照片就够了。只保存编码，不保存照片。</translation>
    </message>
    <message>
        <source>One good look or one photo is enough. The cropped face is kept beside the encoding.</source>
        <translation>看一眼镜头或一张照片就够了。裁剪后的人脸会与编码一起保存。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation>此人的姓名</translation>
    </message>
    <message>
        <source>Enrol from the camera</source>
        <translation>用摄像头登记</translation>
    </message>
    <message>
        <source>Or drop photos here</source>
        <translation>或把照片拖到这里</translation>
    </message>
    <message>
        <source>One person, from the front. Click to choose.</source>
        <translation>单人正面照。点击可选择文件。</translation>
    </message>
    <message>
        <source>{name} is enrolled</source>
        <translation>{name} 已登记</translation>
    </message>
    <message>
        <source>Encodings of this person: {count}</source>
        <translation>此人的编码数：{count}</translation>
    </message>
    <message>
        <source>{old} is kept</source>
        <translation>已保留 {old}</translation>
    </message>
    <message>
        <source>The look of {new} was added; the name {new} is gone.</source>
        <translation>{new} 的人脸已并入，姓名 {new} 已不存在。</translation>
    </message>
    <message>
        <source>{new} and {old} are two people</source>
        <translation>{new} 和 {old} 是两个人</translation>
    </message>
    <message>
        <source>Give both a badge or a number: neither is welcomed by the face alone.</source>
        <translation>请为两人各设工牌或编号：仅凭人脸都不会放行。</translation>
    </message>
    <message>
        <source>{new} is not enrolled</source>
        <translation>{new} 未登记</translation>
    </message>
    <message>
        <source>The enrolment was taken back.</source>
        <translation>登记已撤回。</translation>
    </message>
    <message>
        <source>Type the name first.</source>
        <translation>请先输入姓名。</translation>
    </message>
    <message>
        <source>Start a camera first.</source>
        <translation>请先启动摄像头。</translation>
    </message>
    <message>
        <source>Somebody of this name is enrolled: the look is added to that person.</source>
        <translation>已有同名人员：此次外貌将添加给该人员。</translation>
    </message>
    <message>
        <source>Then drop the photo again.</source>
        <translation>然后再把照片拖进来。</translation>
    </message>
</context>
<context>
    <name>ErrorsView</name>
    <message>
        <source>Worst false accepts</source>
        <translation>最严重的误认</translation>
    </message>
    <message>
        <source>Worst false rejects</source>
        <translation>最严重的拒认</translation>
    </message>
    <message>
        <source>Appears after a measurement.</source>
        <translation>测量之后显示。</translation>
    </message>
    <message>
        <source>Two people whom the encoder takes for one: the nearest different pairs.</source>
        <translation>编码器把两个人当成一个人：距离最近的不同人对。</translation>
    </message>
    <message>
        <source>One person whom the encoder takes for two: the farthest same pairs.</source>
        <translation>编码器把一个人当成两个人：距离最远的同一人对。</translation>
    </message>
</context>
<context>
    <name>Estimate</name>
    <message>
        <source>{memory} of memory</source>
        <translation>内存 {memory}</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>in tiles of {side}</source>
        <translation>分块，每块 {side} 像素</translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>Saved {name}.</source>
        <translation>已保存 {name}。</translation>
    </message>
    <message>
        <source>Looking for faces</source>
        <translation>正在寻找人脸</translation>
    </message>
    <message>
        <source>Downloading {name}</source>
        <translation>正在下载 {name}</translation>
    </message>
    <message>
        <source>{network} has no layer {layer} whose units can be looked at.</source>
        <translation>{network} 没有可以查看单元的层 {layer}。</translation>
    </message>
    <message>
        <source>{count} files skipped</source>
        <translation>跳过 {count} 个文件</translation>
    </message>
    <message>
        <source>1 file skipped</source>
        <translation>跳过 1 个文件</translation>
    </message>
    <message>
        <source>{network}: getting ready…</source>
        <translation>{network}：正在准备…</translation>
    </message>
    <message>
        <source>{network}: {done} of {total} pictures seen</source>
        <translation>{network}：已看过 {done} / {total} 张图片</translation>
    </message>
</context>
<context>
    <name>FaceCutting</name>
    <message>
        <source>{faces} faces found; {without} pictures without one are left out.</source>
        <translation>找到 {faces} 张人脸；{without} 张没有人脸的图片未被使用。</translation>
    </message>
</context>
<context>
    <name>FaceWords</name>
    <message>
        <source>Nobody is in view.</source>
        <translation>画面中没有人。</translation>
    </message>
    <message>
        <source>One person at a time, please.</source>
        <translation>请一次一个人。</translation>
    </message>
    <message>
        <source>Come a little nearer.</source>
        <translation>请再靠近一点。</translation>
    </message>
    <message>
        <source>Look straight into the camera.</source>
        <translation>请正视摄像头。</translation>
    </message>
    <message>
        <source>More light on the face would help.</source>
        <translation>脸上光线再亮一些会更好。</translation>
    </message>
    <message>
        <source>Less light on the face would help.</source>
        <translation>脸上光线再暗一些会更好。</translation>
    </message>
    <message>
        <source>Turn towards the light, please.</source>
        <translation>请转向有光的一侧。</translation>
    </message>
    <message>
        <source>Hold still for a moment.</source>
        <translation>请保持片刻不动。</translation>
    </message>
    <message>
        <source>This does not look like the {name} who is already enrolled. Two people of one name need two names.</source>
        <translation>这与已登记的 {name} 不像。同名的两个人需要用不同的名字。</translation>
    </message>
    <message>
        <source>{name} looks alike: the same person under another name, or a lookalike?</source>
        <translation>与 {name} 很像：是同一个人用了别的名字，还是长得像？</translation>
    </message>
    <message>
        <source>{file} was passed over: it does not show one clear face.</source>
        <translation>已跳过 {file}：其中没有一张清晰的人脸。</translation>
    </message>
    <message>
        <source>Self-test: would be welcomed</source>
        <translation>自测：会受到欢迎</translation>
    </message>
    <message>
        <source>Self-test: would be asked for a badge</source>
        <translation>自测：会被要求刷工牌</translation>
    </message>
    <message>
        <source>Somebody looks alike. Give this person a badge or number.</source>
        <translation>有人相貌相似。请为此人设置工牌或编号。</translation>
    </message>
    <message>
        <source>Self-test: would not be recognised</source>
        <translation>自测：不会被识别</translation>
    </message>
    <message>
        <source>Enrol a second look: other light, no glasses, nearer.</source>
        <translation>请再登记一次：换个光线、摘下眼镜、靠近些。</translation>
    </message>
    <message>
        <source>Self-test not done</source>
        <translation>未进行自测</translation>
    </message>
    <message>
        <source>The person left too soon. Try the desk with them.</source>
        <translation>本人过早离开。请与其一起试一试前台。</translation>
    </message>
    <message>
        <source>Tried on a fresh picture of the camera.</source>
        <translation>用摄像头的新画面试过。</translation>
    </message>
    <message>
        <source>Tried on another of the photos.</source>
        <translation>用另一张照片试过。</translation>
    </message>
    <message>
        <source>Tried on the mirrored photo only: a second photo would prove more.</source>
        <translation>仅用镜像照片试过：第二张照片更有说服力。</translation>
    </message>
    <message>
        <source>The camera stands still</source>
        <translation>摄像头画面静止</translation>
    </message>
    <message>
        <source>It keeps sending the same picture. Check it.</source>
        <translation>它一直发送同一画面，请检查。</translation>
    </message>
    <message>
        <source>Nobody is in view</source>
        <translation>画面中没有人</translation>
    </message>
    <message>
        <source>Come nearer and look into the camera.</source>
        <translation>请走近并看着摄像头。</translation>
    </message>
    <message>
        <source>Welcome, {name}</source>
        <translation>欢迎，{name}</translation>
    </message>
    <message>
        <source>Not sure yet</source>
        <translation>还不能确定</translation>
    </message>
    <message>
        <source>Please tell your name, so that it can be verified.</source>
        <translation>请报出您的姓名以便核实。</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet: enrol the first person.</source>
        <translation>还没有登记任何人：请先登记第一个人。</translation>
    </message>
    <message>
        <source>Nobody enrolled looks like this.</source>
        <translation>已登记的人中没有相像的。</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>未识别</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Stranger</source>
        <translation>陌生人</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Scale, px</source>
        <translation>尺度（像素）</translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>迭代</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Shows the style loss of every layer</source>
        <translation>显示每一层的风格损失</translation>
    </message>
    <message>
        <source>Style loss by layer</source>
        <translation>各层的风格损失</translation>
    </message>
    <message>
        <source>Hide or show the losses</source>
        <translation>隐藏或显示损失曲线</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The losses appear here, one point for each iteration.</source>
        <translation>损失将显示在这里，每次迭代一个点。</translation>
    </message>
    <message>
        <source>total J</source>
        <translation>总损失 J</translation>
    </message>
    <message>
        <source>α · content</source>
        <translation>α · 内容</translation>
    </message>
    <message>
        <source>β · style</source>
        <translation>β · 风格</translation>
    </message>
    <message>
        <source>{count} it/s</source>
        <translation>{count} it/s</translation>
    </message>
    <message>
        <source>{seconds} s/it</source>
        <translation>{seconds} s/it</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Save figure</source>
        <translation>保存插图</translation>
    </message>
</context>
<context>
    <name>Filing</name>
    <message>
        <source>Save the painting</source>
        <translation>保存画作</translation>
    </message>
    <message>
        <source>Save the film</source>
        <translation>保存影片</translation>
    </message>
    <message>
        <source>Where should the paintings go?</source>
        <translation>画作要存放在哪里？</translation>
    </message>
</context>
<context>
    <name>FindPage</name>
    <message>
        <source>All layers</source>
        <translation>所有层</translation>
    </message>
    <message>
        <source>Units that like a folder</source>
        <translation>偏好某个文件夹的单元</translation>
    </message>
    <message>
        <source>Units by my notes</source>
        <translation>按我的笔记查找单元</translation>
    </message>
    <message>
        <source>Units that like a picture</source>
        <translation>偏好某张图片的单元</translation>
    </message>
    <message>
        <source>Dead units</source>
        <translation>从不响应的单元</translation>
    </message>
    <message>
        <source>Units that are always on</source>
        <translation>总在响应的单元</translation>
    </message>
    <message>
        <source>Units that are there twice</source>
        <translation>重复的单元</translation>
    </message>
    <message>
        <source>What to find</source>
        <translation>要找什么</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Words of your notes</source>
        <translation>笔记中的词</translation>
    </message>
    <message>
        <source>How many of a unit&apos;s strongest pictures lie in {folder}, and how many times more than by chance; the least likely first</source>
        <translation>每个单元最强的图片中有多少张在 {folder} 中，是随机情况的多少倍；最不可能出于偶然的排在最前</translation>
    </message>
    <message>
        <source>Their weakest picture reaches half of their strongest.</source>
        <translation>它们最弱的图片也达到最强图片的一半。</translation>
    </message>
    <message>
        <source>No picture of this folder excites them.</source>
        <translation>这个文件夹中没有图片能激发它们。</translation>
    </message>
    <message>
        <source>They respond alike, at the same places.</source>
        <translation>它们在相同的位置作出相同的响应。</translation>
    </message>
    <message>
        <source>Scan a folder first.</source>
        <translation>请先扫描一个文件夹。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Scan a folder with sub-folders: each of them counts as a class.</source>
        <translation>请扫描一个含有子文件夹的文件夹：每个子文件夹算作一类。</translation>
    </message>
    <message>
        <source>No unit prefers this folder.</source>
        <translation>没有单元偏好这个文件夹。</translation>
    </message>
    <message>
        <source>No note holds these words. Write notes on a unit&apos;s page.</source>
        <translation>没有笔记包含这些词。笔记写在单元页面上。</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>没有。</translation>
    </message>
</context>
<context>
    <name>FoilView</name>
    <message>
        <source>Training the softmax on one photo each …</source>
        <translation>正在用每人一张照片训练分类器……</translation>
    </message>
    <message>
        <source>Why not simply a classifier?</source>
        <translation>为什么不直接用分类器？</translation>
    </message>
    <message>
        <source>A softmax says which of K people a face is. It needs many photos of each, and when somebody joins it has no answer for them until it is trained again. A distance needs one photo: one more vector is stored. Both are tried here on people of your data set, with one photo each.</source>
        <translation>Softmax 回答一张脸是 K 个人中的哪一个。它需要每个人的许多照片；有新人加入时，不重新训练就答不上来。距离只需要一张照片：多存一个向量即可。这里用您数据集里的人、每人一张照片，把两种方法都试一遍。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>{people} people known by one photo, {photos} other photos</source>
        <translation>{people} 人各认识一张照片，测试另外 {photos} 张</translation>
    </message>
    <message>
        <source>{name} joins: photos of this person</source>
        <translation>{name} 加入：此人的照片</translation>
    </message>
    <message>
        <source>What joining costs</source>
        <translation>加入的代价</translation>
    </message>
    <message>
        <source>training again, {seconds} s</source>
        <translation>重新训练，{seconds} 秒</translation>
    </message>
    <message>
        <source>{bytes} bytes, {seconds} s</source>
        <translation>{bytes} 字节，{seconds} 秒</translation>
    </message>
    <message>
        <source>Everybody, after that</source>
        <translation>之后的所有人</translation>
    </message>
    <message>
        <source>The softmax must be trained again for every new person; the distance stores one vector.</source>
        <translation>每来一个新人，Softmax 都必须重新训练；距离方法只需存一个向量。</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>What does a unit of a ConvNet look for? All pictures of a folder go through the network, and every unit keeps the patches that activate it most.</source>
        <translation>卷积网络的一个单元在找什么？文件夹中的所有图片依次通过网络，每个单元保留最能激活它的图块。</translation>
    </message>
    <message>
        <source>Choose a network, and drop a folder of pictures (or take those on board).</source>
        <translation>选择一个网络，拖入一个图片文件夹（或使用自带的图片）。</translation>
    </message>
    <message>
        <source>Press Scan. The grids fill and settle while it runs, and can be used at once; a second scan looks only at what is new.</source>
        <translation>按“扫描”。网格会一边扫描一边填满并稳定下来，随时可用；再次扫描只看新增的图片。</translation>
    </message>
    <message>
        <source>Compare an early layer with a deep one: edges and colours become textures, then parts, then things.</source>
        <translation>把浅层与深层作比较：边缘和颜色变成纹理，再变成部件，最后变成物体。</translation>
    </message>
    <message>
        <source>Click a unit for its page: the nine patches in their photos, what in them made it fire, a picture optimised for it, and units like it. Every patch can be computed again as a proof.</source>
        <translation>点击一个单元打开它的页面：九个图块及其所在照片、其中是什么使它激活、为它优化出的图片，以及相似的单元。每个图块都能重新计算作为证明。</translation>
    </message>
    <message>
        <source>Point and ask: click a spot of any picture, and see which units fire there.</source>
        <translation>指着问：点击任意图片的一个位置，看哪些单元在那里激活。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>one channel of a layer: the same small pattern looked for at every position</source>
        <translation>层中的一个通道：在每个位置寻找同一个小图案</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>how strongly a unit responds at one position; here always after the ReLU</source>
        <translation>单元在一个位置上的响应强度；此处一律取 ReLU 之后的值</translation>
    </message>
    <message>
        <source>Receptive field</source>
        <translation>感受野</translation>
    </message>
    <message>
        <source>the part of the picture that one position can see; patches are cut to it exactly</source>
        <translation>一个位置能看到的图片区域；图块严格按它裁剪</translation>
    </message>
    <message>
        <source>EXACT, UPPER BOUND</source>
        <translation>精确、上界</translation>
    </message>
    <message>
        <source>whether the field is known to the pixel, or only that it is not larger</source>
        <translation>感受野是精确到像素，还是只知道不会更大</translation>
    </message>
    <message>
        <source>Deconvnet, guided</source>
        <translation>反卷积、引导</translation>
    </message>
    <message>
        <source>two ways back from a unit to the pixels that made it fire</source>
        <translation>从单元回到使它激活的像素的两种方法</translation>
    </message>
    <message>
        <source>go to a layer or unit by name</source>
        <translation>按名称跳到层或单元</translation>
    </message>
    <message>
        <source>back to the wall</source>
        <translation>回到图墙</translation>
    </message>
    <message>
        <source>the unit before, the next unit</source>
        <translation>上一个单元、下一个单元</translation>
    </message>
    <message>
        <source>Recognise</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>A front desk that knows its people from one photo each, and in which a stranger is an answer, not an error.</source>
        <translation>一个前台：每人只凭一张照片就能认出；陌生人是一种答案，而不是错误。</translation>
    </message>
    <message>
        <source>Choose where pictures come from: a camera, a video file, a stream, or a folder of stills.</source>
        <translation>选择图像来源：摄像头、视频文件、网络流，或一个照片文件夹。</translation>
    </message>
    <message>
        <source>Enrol: write a name, say what for and how long, ask for consent, then look into the camera or drop one good photo. Nobody else has to be trained again.</source>
        <translation>登记：写下姓名、用途和期限，征得同意，然后看向摄像头，或拖入一张清晰的照片。其他人无需重新训练。</translation>
    </message>
    <message>
        <source>Desk: open the desk screen for visitors. It asks who it is (1:N), over several frames and with signs of life; staff see each decision beside it. Verify asks 1:1.</source>
        <translation>前台：为来客打开前台屏幕。它在多帧画面上结合活体迹象判断来的是谁（1:N）；工作人员在一旁看到每次判定。“核实”则是 1:1。</translation>
    </message>
    <message>
        <source>Office: visits and roll-call, visitors, cards, import, backup. Set a PIN there, and the window opens locked.</source>
        <translation>办公室：来访与点名、访客、名片、导入、备份。在那里设置 PIN 码后，窗口打开时即为锁定状态。</translation>
    </message>
    <message>
        <source>Before a door depends on it: attack your own desk with prints and screens, and calibrate the threshold on your own people.</source>
        <translation>在用它控制门之前：用打印照片和屏幕攻击自己的前台，并用自己的人员校准阈值。</translation>
    </message>
    <message>
        <source>The lab shows how an encoder is learned, and measures one on a folder of your own.</source>
        <translation>实验室展示编码器是怎样学成的，并能用你自己的文件夹来测量它。</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>128 numbers that describe a face; those of one person lie close together</source>
        <translation>描述一张脸的 128 个数；同一个人的编码彼此接近</translation>
    </message>
    <message>
        <source>Distance d</source>
        <translation>距离 d</translation>
    </message>
    <message>
        <source>the squared distance of two encodings: 0 is equal, about 2 is unrelated</source>
        <translation>两个编码的平方距离：0 表示相同，约 2 表示无关</translation>
    </message>
    <message>
        <source>Threshold τ</source>
        <translation>阈值 τ</translation>
    </message>
    <message>
        <source>up to this distance two faces count as one person; the more people, the smaller</source>
        <translation>不超过这个距离就算同一个人；人越多，阈值越小</translation>
    </message>
    <message>
        <source>FAR, FRR</source>
        <translation>FAR、FRR</translation>
    </message>
    <message>
        <source>how often a stranger is taken for somebody, and somebody for a stranger</source>
        <translation>把陌生人当成某人的频率，以及把某人当成陌生人的频率</translation>
    </message>
    <message>
        <source>Liveness</source>
        <translation>活体</translation>
    </message>
    <message>
        <source>a person before the camera, not a photo or a screen; in doubt the desk refuses</source>
        <translation>镜头前是真人，而不是照片或屏幕；有疑问时前台会拒绝</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>One window, three panels, one machine: nothing is sent anywhere. Rest the pointer on anything to read what it does.</source>
        <translation>一个窗口、三个面板、一台机器：不会向任何地方发送数据。把指针停在任何控件上，即可看到它的作用。</translation>
    </message>
    <message>
        <source>open a panel; work in the others goes on</source>
        <translation>打开一个面板；其他面板的工作照常进行</translation>
    </message>
    <message>
        <source>settings: language, appearance, computing device, networks</source>
        <translation>设置：语言、外观、计算设备、网络</translation>
    </message>
    <message>
        <source>this guide, at the panel that is open</source>
        <translation>打开本指南，并定位到当前面板</translation>
    </message>
    <message>
        <source>everything can be reached and pressed without a mouse</source>
        <translation>不用鼠标也能到达并按下所有控件</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘画</translation>
    </message>
    <message>
        <source>A photo is painted in the manner of another picture. No filter: at every iteration the picture itself is changed a little, so that a network finds the photo&apos;s content and the painting&apos;s style in it.</source>
        <translation>按另一幅画的风格来画一张照片。这不是滤镜：每次迭代都会稍微改变图片本身，使网络在其中既看到照片的内容，又看到画作的风格。</translation>
    </message>
    <message>
        <source>Drop a photo on Content and one or more paintings on Style: files, folders, from the clipboard or from a browser.</source>
        <translation>把一张照片拖到“内容”，把一幅或多幅画拖到“风格”：文件、文件夹、剪贴板或浏览器都可以。</translation>
    </message>
    <message>
        <source>Press Start and watch. Strength, layers, brush and colours can be changed while it paints; the next iteration follows.</source>
        <translation>按“开始”并观看。作画时可以改变强度、层、笔触和颜色，下一次迭代立即生效。</translation>
    </message>
    <message>
        <source>Pause, stop, or close the program: what is painted is kept, and a run can go on the next day.</source>
        <translation>可以暂停、停止或关闭程序：已画的都会保留，第二天还能接着画。</translation>
    </message>
    <message>
        <source>Save. A saved PNG remembers its recipe: drop it back to have all settings again.</source>
        <translation>保存。保存的 PNG 会记住它的配方：把它拖回来即可恢复全部设置。</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>what is to be seen: the activations of one deep layer stay close to the photo&apos;s</source>
        <translation>画的是什么：某个较深层的激活保持与照片接近</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>how it is painted: which units of a layer fire together (the Gram matrix)</source>
        <translation>怎么画：同一层中哪些单元一起激活（Gram 矩阵）</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>relu1 is fine grain, relu2 texture, relu3 strokes, relu4 shapes, relu5 composition</source>
        <translation>relu1 是细纹，relu2 是质感，relu3 是笔触，relu4 是形状，relu5 是构图</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>how hard the style pulls in comparison with the content</source>
        <translation>与内容相比，风格的拉力有多大</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>尺度</translation>
    </message>
    <message>
        <source>it begins small and grows, so that large brush strokes come out at any size</source>
        <translation>从小图开始逐级放大，因此任何尺寸都能画出大笔触</translation>
    </message>
    <message>
        <source>take the picture on the clipboard</source>
        <translation>取剪贴板上的图片</translation>
    </message>
    <message>
        <source>zoom in, out, and to fit</source>
        <translation>放大、缩小、适合窗口</translation>
    </message>
    <message>
        <source>a smaller or larger brush for regions</source>
        <translation>缩小或放大区域画笔</translation>
    </message>
    <message>
        <source>take a stroke of the brush back</source>
        <translation>撤销一笔</translation>
    </message>
</context>
<context>
    <name>HooksForm</name>
    <message>
        <source>Webhook of the door: an address that is told of every welcome</source>
        <translation>门禁的网络回调：每次欢迎都会通知的地址</translation>
    </message>
    <message>
        <source>Command of the door: run here with every welcome</source>
        <translation>门禁的命令：每次欢迎时在本机运行</translation>
    </message>
    <message>
        <source>Webhook that is told when a visitor comes or calls the host</source>
        <translation>访客到来或呼叫接待人时通知的网络回调地址</translation>
    </message>
    <message>
        <source>Command that is run when a visitor comes or calls the host</source>
        <translation>访客到来或呼叫接待人时运行的命令</translation>
    </message>
    <message>
        <source>Secret that signs every webhook, at least 16 characters</source>
        <translation>为每个网络回调签名的密钥，至少 16 个字符</translation>
    </message>
    <message>
        <source>Opens a door: only after the attack test</source>
        <translation>开门：仅在通过攻击测试之后</translation>
    </message>
    <message>
        <source>Tells a person: opens nothing</source>
        <translation>通知人员：不会开门</translation>
    </message>
    <message>
        <source>New secret</source>
        <translation>新密钥</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Switch all off</source>
        <translation>全部关闭</translation>
    </message>
    <message>
        <source>No door is set</source>
        <translation>未设置门禁</translation>
    </message>
    <message>
        <source>Nothing is opened.</source>
        <translation>不会打开任何门。</translation>
    </message>
    <message>
        <source>Liveness on this camera was verified on {day}.</source>
        <translation>此摄像头的活体检测于 {day} 通过验证。</translation>
    </message>
    <message>
        <source>The door opens with a welcome</source>
        <translation>欢迎时开门</translation>
    </message>
    <message>
        <source>Liveness is not verified on this camera: pass the attack test first.</source>
        <translation>此摄像头的活体检测未经验证：请先通过攻击测试。</translation>
    </message>
    <message>
        <source>No camera was chosen yet: choose one, and pass the attack test.</source>
        <translation>尚未选择摄像头：请选择一个并通过攻击测试。</translation>
    </message>
    <message>
        <source>The door is off</source>
        <translation>门禁已关闭</translation>
    </message>
</context>
<context>
    <name>ImportTab</name>
    <message>
        <source>A folder holds one sub-folder or one photo a person, named like the person. A CSV has the columns name and photo, and if you like number, badge, purpose, consent, retain_until, greeting, host, note. Photos are not checked for liveness: import only what you trust.</source>
        <translation>文件夹中每人一个子文件夹或一张照片，以姓名命名。CSV 含 name 和 photo 两列，还可以有 number、badge、purpose、consent、retain_until、greeting、host、note。照片不做活体检测：只导入可信的照片。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose a CSV…</source>
        <translation>选择 CSV…</translation>
    </message>
    <message>
        <source>Enrol the good ones</source>
        <translation>登记可用的照片</translation>
    </message>
    <message>
        <source>Undo this import</source>
        <translation>撤销此次导入</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Verdicts on the photos</source>
        <translation>对照片的判定</translation>
    </message>
    <message>
        <source>Choose what to import</source>
        <translation>选择要导入的内容</translation>
    </message>
    <message>
        <source>Enrolled: {count} people.</source>
        <translation>已登记 {count} 人。</translation>
    </message>
    <message>
        <source>The import was taken back.</source>
        <translation>导入已撤销。</translation>
    </message>
    <message>
        <source>Looking at photo {done} of {total}…</source>
        <translation>正在查看第 {done} 张照片，共 {total} 张…</translation>
    </message>
    <message>
        <source>Nothing is stored before you have seen the verdicts.</source>
        <translation>在您看到判定之前，不会保存任何内容。</translation>
    </message>
    <message>
        <source>Enrolled {usable} of {all} photos.</source>
        <translation>已登记 {all} 张照片中的 {usable} 张。</translation>
    </message>
    <message>
        <source>{usable} of {all} photos can be enrolled.</source>
        <translation>{all} 张照片中有 {usable} 张可以登记。</translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Looks like {name}: verified 1:1 only</source>
        <translation>与 {name} 相似：只做 1:1 验证</translation>
    </message>
    <message>
        <source>Left out: most likely shows {name}</source>
        <translation>不登记：很可能是 {name}</translation>
    </message>
    <message>
        <source>Left out: another face than the other photos</source>
        <translation>不登记：与其他照片不是同一张脸</translation>
    </message>
    <message>
        <source>Left out: no face</source>
        <translation>不登记：没有人脸</translation>
    </message>
    <message>
        <source>Left out: several people</source>
        <translation>不登记：有多个人</translation>
    </message>
    <message>
        <source>Left out: cannot be read</source>
        <translation>不登记：无法读取</translation>
    </message>
    <message>
        <source>Left out: the name cannot be used</source>
        <translation>不登记：姓名不可用</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>约剩 {time}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Your PIN; or Enter to be recognised</source>
        <translation>您的 PIN；或按确认键刷脸</translation>
    </message>
    <message>
        <source>Your number</source>
        <translation>您的编号</translation>
    </message>
    <message>
        <source>Leave the desk screen: PIN of reception or administrator</source>
        <translation>离开前台屏幕：请输入接待或管理员的 PIN 码</translation>
    </message>
    <message>
        <source>Delete or go back</source>
        <translation>删除或返回</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>确认</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>Now look into the camera</source>
        <translation>现在请看摄像头</translation>
    </message>
    <message>
        <source>Badge or number was read.</source>
        <translation>已读取工牌或编号。</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Please step in front of the camera.</source>
        <translation>请站到摄像头前。</translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation>请再靠近一点</translation>
    </message>
    <message>
        <source>Your face belongs in the oval.</source>
        <translation>请把脸放在椭圆框内。</translation>
    </message>
    <message>
        <source>One person, please</source>
        <translation>请一次一个人</translation>
    </message>
    <message>
        <source>The others step back for a moment.</source>
        <translation>请其他人先退后一步。</translation>
    </message>
    <message>
        <source>Please tap your badge</source>
        <translation>请刷工牌</translation>
    </message>
    <message>
        <source>Or hold its code to the camera, or type your number.</source>
        <translation>也可以把工牌上的码对准摄像头，或输入您的编号。</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>未识别</translation>
    </message>
    <message>
        <source>Please choose how to go on.</source>
        <translation>请选择下一步。</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>Badge and number work meanwhile.</source>
        <translation>其间可刷工牌或输入编号。</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>Please look into the camera.</source>
        <translation>请看着摄像头。</translation>
    </message>
    <message>
        <source>Goodbye, {name}</source>
        <translation>再见，{name}</translation>
    </message>
    <message>
        <source>You are checked out.</source>
        <translation>您已签退。</translation>
    </message>
    <message>
        <source>Welcome, {name}</source>
        <translation>欢迎，{name}</translation>
    </message>
    <message>
        <source>You are checked in.</source>
        <translation>您已签到。</translation>
    </message>
    <message>
        <source>Turn your head to the left</source>
        <translation>请向左转头</translation>
    </message>
    <message>
        <source>Turn your head to the right</source>
        <translation>请向右转头</translation>
    </message>
    <message>
        <source>Come nearer</source>
        <translation>请靠近一些</translation>
    </message>
    <message>
        <source>Blink twice</source>
        <translation>请眨两次眼</translation>
    </message>
    <message>
        <source>Look straight ahead</source>
        <translation>请正视前方</translation>
    </message>
    <message>
        <source>A short check that you are here in person.</source>
        <translation>简短检查，确认您本人在场。</translation>
    </message>
    <message>
        <source>The picture stands still.</source>
        <translation>画面静止不动。</translation>
    </message>
    <message>
        <source>The camera&apos;s clock stands still.</source>
        <translation>摄像头的时钟停住了。</translation>
    </message>
    <message>
        <source>The picture is black.</source>
        <translation>画面是黑的。</translation>
    </message>
    <message>
        <source>The camera is covered.</source>
        <translation>摄像头被遮住了。</translation>
    </message>
    <message>
        <source>The picture is too bright.</source>
        <translation>画面过亮。</translation>
    </message>
    <message>
        <source>The picture has changed its size.</source>
        <translation>画面尺寸变了。</translation>
    </message>
    <message>
        <source>The camera is not connected.</source>
        <translation>摄像头未连接。</translation>
    </message>
    <message>
        <source>The picture cannot be read.</source>
        <translation>画面无法读取。</translation>
    </message>
    <message>
        <source>Camera out of order</source>
        <translation>摄像头故障</translation>
    </message>
    <message>
        <source>Badge and PIN still work.</source>
        <translation>工牌和 PIN 仍可使用。</translation>
    </message>
    <message>
        <source>recognised</source>
        <translation>已识别</translation>
    </message>
    <message>
        <source>looks alive</source>
        <translation>像活体</translation>
    </message>
    <message>
        <source>movement done</source>
        <translation>已完成动作</translation>
    </message>
    <message>
        <source>head turn seen</source>
        <translation>看到转头</translation>
    </message>
    <message>
        <source>between the 1:1 and the 1:N line</source>
        <translation>介于 1:1 与 1:N 线之间</translation>
    </message>
    <message>
        <source>two people about as near</source>
        <translation>有两人同样接近</translation>
    </message>
    <message>
        <source>has a lookalike</source>
        <translation>有相貌相似者</translation>
    </message>
    <message>
        <source>nobody within the line</source>
        <translation>阈值内没有人</translation>
    </message>
    <message>
        <source>looks like a print or a screen</source>
        <translation>像照片或屏幕</translation>
    </message>
    <message>
        <source>liveness unsure</source>
        <translation>活体不确定</translation>
    </message>
    <message>
        <source>surroundings cut off</source>
        <translation>周围环境不完整</translation>
    </message>
    <message>
        <source>no passive check</source>
        <translation>没有被动检查</translation>
    </message>
    <message>
        <source>shines like a screen</source>
        <translation>像屏幕一样发光</translation>
    </message>
    <message>
        <source>moved the other way</source>
        <translation>动作方向相反</translation>
    </message>
    <message>
        <source>movement not done in time</source>
        <translation>未及时完成动作</translation>
    </message>
    <message>
        <source>face changed</source>
        <translation>中途换了人脸</translation>
    </message>
    <message>
        <source>no good look</source>
        <translation>没有看清</translation>
    </message>
    <message>
        <source>pictures came too late: the computer is busy</source>
        <translation>画面来得太迟：计算机繁忙</translation>
    </message>
    <message>
        <source>left</source>
        <translation>已离开</translation>
    </message>
    <message>
        <source>camera fault</source>
        <translation>摄像头故障</translation>
    </message>
    <message>
        <source>number and PIN</source>
        <translation>编号和 PIN</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>could not be written down</source>
        <translation>无法写入记录</translation>
    </message>
    <message>
        <source>pause after a suspected attack</source>
        <translation>疑似攻击后的暂停</translation>
    </message>
    <message>
        <source>Welcomed</source>
        <translation>已欢迎</translation>
    </message>
    <message>
        <source>Badge asked</source>
        <translation>请刷工牌</translation>
    </message>
    <message>
        <source>Camera fault</source>
        <translation>摄像头故障</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Yourself</source>
        <translation>您本人</translation>
    </message>
    <message>
        <source>Step before the camera as a visitor would.</source>
        <translation>像访客一样走到摄像头前。</translation>
    </message>
    <message>
        <source>A print</source>
        <translation>打印照片</translation>
    </message>
    <message>
        <source>Hold a printed photo of yourself to the camera.</source>
        <translation>把您本人的打印照片举到摄像头前。</translation>
    </message>
    <message>
        <source>A phone</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Hold a phone with a photo or video of yourself.</source>
        <translation>举起显示您本人照片或视频的手机。</translation>
    </message>
    <message>
        <source>A tablet</source>
        <translation>平板</translation>
    </message>
    <message>
        <source>Hold a tablet with a photo or video of yourself.</source>
        <translation>举起显示您本人照片或视频的平板。</translation>
    </message>
    <message>
        <source>A laptop</source>
        <translation>笔记本电脑</translation>
    </message>
    <message>
        <source>Hold a laptop with a photo or video of yourself.</source>
        <translation>举起显示您本人照片或视频的笔记本电脑。</translation>
    </message>
    <message>
        <source>Liveness not verified on this camera</source>
        <translation>此摄像头的活体检测未经验证</translation>
    </message>
    <message>
        <source>Liveness not verified on this camera: the attack test is not complete</source>
        <translation>此摄像头的活体检测未经验证：攻击测试尚未完成</translation>
    </message>
    <message>
        <source>Liveness not verified on this camera: the attack test failed</source>
        <translation>此摄像头的活体检测未经验证：攻击测试未通过</translation>
    </message>
    <message>
        <source>Since {time}, at the desk screen.</source>
        <translation>自 {time} 起，在前台屏幕。</translation>
    </message>
    <message>
        <source>A visitor calls</source>
        <translation>有访客呼叫</translation>
    </message>
    <message>
        <source>{name} is checked in.</source>
        <translation>{name} 已签到。</translation>
    </message>
    <message>
        <source>{name} is inside already.</source>
        <translation>{name} 已在内。</translation>
    </message>
    <message>
        <source>{name} is checked out.</source>
        <translation>{name} 已签退。</translation>
    </message>
    <message>
        <source>{name} is not inside.</source>
        <translation>{name} 不在内。</translation>
    </message>
</context>
<context>
    <name>KioskScreen</name>
    <message>
        <source>Somebody is coming</source>
        <translation>有人马上就来</translation>
    </message>
    <message>
        <source>Please wait here.</source>
        <translation>请在此稍候。</translation>
    </message>
    <message>
        <source>Front desk</source>
        <translation>前台</translation>
    </message>
    <message>
        <source>What the camera sees, as in a mirror</source>
        <translation>摄像头所见，如同镜中</translation>
    </message>
    <message>
        <source>Badge or PIN</source>
        <translation>工牌或 PIN</translation>
    </message>
    <message>
        <source>Call the host</source>
        <translation>呼叫接待人</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>The desk is opening.</source>
        <translation>前台正在打开。</translation>
    </message>
    <message>
        <source>Please call again, or ask somebody who works here.</source>
        <translation>请再次呼叫，或询问这里的工作人员。</translation>
    </message>
    <message>
        <source>Nobody has answered yet</source>
        <translation>还没有人应答</translation>
    </message>
    <message>
        <source>The host is called</source>
        <translation>已呼叫接待人</translation>
    </message>
</context>
<context>
    <name>LabPage</name>
    <message>
        <source>Measuring the untrained network …</source>
        <translation>正在测量未训练的网络……</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>See how a face encoder is learned, measure it on your own people, take it into use.</source>
        <translation>看人脸编码器如何学会，用您自己的人来测量，再投入使用。</translation>
    </message>
    <message>
        <source>Back to the desk</source>
        <translation>返回前台</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>What a run does while it learns</source>
        <translation>学习过程中发生了什么</translation>
    </message>
    <message>
        <source>Before, after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <source>What a run has brought, on people it never saw</source>
        <translation>在从未见过的人身上，训练带来了什么</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>How good the encoders at hand are, without training</source>
        <translation>不训练，看看现有的编码器有多好</translation>
    </message>
    <message>
        <source>Checkpoints, and the encoder of the desk</source>
        <translation>检查点，以及前台使用的编码器</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>What error rates mean, and how little few trials prove</source>
        <translation>错误率意味着什么，少量试验能证明的有多少</translation>
    </message>
    <message>
        <source>Epoch {epoch} · loss {loss} · area {auc}</source>
        <translation>第 {epoch} 轮 · 损失 {loss} · 面积 {auc}</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>The pairs that are judged most wrongly</source>
        <translation>判断错得最厉害的照片对</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Why not simply a classifier?</source>
        <translation>为什么不直接用分类器？</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>投入使用</translation>
    </message>
    <message>
        <source>Measuring the trained network …</source>
        <translation>正在测量训练后的网络……</translation>
    </message>
    <message>
        <source>Taking epoch {epoch} back …</source>
        <translation>正在退回到第 {epoch} 轮……</translation>
    </message>
</context>
<context>
    <name>LayerFacts</name>
    <message>
        <source>{kind}, {units} units, sees {size}, stride {stride}</source>
        <translation>{kind}，{units} 个单元，感受野 {size}，步长 {stride}</translation>
    </message>
    <message>
        <source>{size} samples</source>
        <translation>{size} 个采样点</translation>
    </message>
    <message>
        <source>{size} voxels</source>
        <translation>{size} 体素</translation>
    </message>
    <message>
        <source>{size} px</source>
        <translation>{size} 像素</translation>
    </message>
</context>
<context>
    <name>LayerWall</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Close this layer</source>
        <translation>关闭这一层</translation>
    </message>
    <message>
        <source>Unit {number}</source>
        <translation>单元 {number}</translation>
    </message>
</context>
<context>
    <name>LayersPage</name>
    <message>
        <source>What of the style counts, from fine grain to composition.</source>
        <translation>风格中哪些成分起作用，从细纹到构图。</translation>
    </message>
    <message>
        <source>The style as {layer} alone sees it</source>
        <translation>仅由 {layer} 看到的风格</translation>
    </message>
    <message>
        <source>Look at this layer in Explain</source>
        <translation>在“解释”中查看此层</translation>
    </message>
    <message>
        <source>As in the beginning</source>
        <translation>恢复初始值</translation>
    </message>
    <message>
        <source>The painting can also excite one unit of the network, or a layer; Explain shows them.</source>
        <translation>画作还可以激发网络的一个单元或一整层；“解释”中可以看到它们。</translation>
    </message>
</context>
<context>
    <name>LensBar</name>
    <message>
        <source>All folders</source>
        <translation>所有文件夹</translation>
    </message>
    <message>
        <source>Only</source>
        <translation>仅</translation>
    </message>
    <message>
        <source>All but</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Which pictures count</source>
        <translation>计入哪些图片</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>LikeTab</name>
    <message>
        <source>Units like this</source>
        <translation>相似单元</translation>
    </message>
    <message>
        <source>Shown once the scan is complete.</source>
        <translation>扫描完成后显示。</translation>
    </message>
    <message>
        <source>Correlation of their maxima over a random sample of the pictures; 1 is the same.</source>
        <translation>在随机抽取的图片上最大激活值的相关系数；1 表示相同。</translation>
    </message>
    <message>
        <source>{name}: {found} of {looked_at} ({ratio} × chance)</source>
        <translation>{name}：{looked_at} 张中有 {found} 张（随机的 {ratio} 倍）</translation>
    </message>
    <message>
        <source>Folders of its strongest pictures: {folders}</source>
        <translation>最强图片所在的文件夹：{folders}</translation>
    </message>
    <message>
        <source>Unit {number}</source>
        <translation>单元 {number}</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Choose a camera, a video or a folder above, or drop one here.</source>
        <translation>在上方选择摄像头、视频或文件夹，或拖到这里。</translation>
    </message>
    <message>
        <source>Only networks that look at pictures can watch a camera.</source>
        <translation>只有处理图片的网络才能观看摄像头。</translation>
    </message>
    <message>
        <source>Scan a folder first: only then it is known what the units look for.</source>
        <translation>请先扫描一个文件夹：之后才知道各单元在找什么。</translation>
    </message>
    <message>
        <source>What do the units see now?</source>
        <translation>各单元此刻看到了什么？</translation>
    </message>
    <message>
        <source>Ask about this frame</source>
        <translation>询问这一帧</translation>
    </message>
    <message>
        <source>Watched units</source>
        <translation>关注的单元</translation>
    </message>
    <message>
        <source>Press Watch live on a unit&apos;s page, and its meter stands here.</source>
        <translation>在单元页面上点击“实时观看”，它的指示条就会出现在这里。</translation>
    </message>
    <message>
        <source>Unusual now</source>
        <translation>此刻不寻常</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Unit {number}</source>
        <translation>单元 {number}</translation>
    </message>
    <message>
        <source>{time} ms a frame</source>
        <translation>每帧 {time} 毫秒</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>The list of people is being opened.</source>
        <translation>正在打开人员名单。</translation>
    </message>
    <message>
        <source>This window shows nobody before a role is taken with its PIN. Visitors need none.</source>
        <translation>用 PIN 码取得角色之前，此窗口不显示任何人。来客不需要 PIN 码。</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN 码</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Passphrase of the list of people</source>
        <translation>人员名单的口令</translation>
    </message>
    <message>
        <source>Open the desk screen</source>
        <translation>打开前台屏幕</translation>
    </message>
</context>
<context>
    <name>Looker</name>
    <message>
        <source>With a style, each layer shows what it alone sees of it.</source>
        <translation>选择风格后，每一层会显示它单独看到的内容。</translation>
    </message>
    <message>
        <source>Making a small texture from each layer alone…</source>
        <translation>正在由每一层单独合成小纹理…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Something went wrong in the program</source>
        <translation>程序出了问题</translation>
    </message>
    <message>
        <source>Your work goes on. Copy the details into a report so that it can be mended.</source>
        <translation>您可以继续工作。请把详细信息复制到报告中，以便修复。</translation>
    </message>
    <message>
        <source>Triptych</source>
        <translation>三联画 Triptych</translation>
    </message>
    <message>
        <source>Recognise</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Faces at a front desk</source>
        <translation>前台人脸识别</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘画</translation>
    </message>
    <message>
        <source>A picture in the style of another</source>
        <translation>用一张图片的风格画另一张</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>What a network&apos;s units look for</source>
        <translation>网络的单元在寻找什么</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>How to begin, words and keys</source>
        <translation>如何开始、术语和按键</translation>
    </message>
    <message>
        <source>Computing device: {id}</source>
        <translation>计算设备：{id}</translation>
    </message>
    <message>
        <source>The engine did not load</source>
        <translation>引擎未能加载</translation>
    </message>
    <message>
        <source>Loading the engine…</source>
        <translation>正在加载引擎…</translation>
    </message>
</context>
<context>
    <name>Masks</name>
    <message>
        <source>Choose a picture</source>
        <translation>选择一张图片</translation>
    </message>
</context>
<context>
    <name>MathsPage</name>
    <message>
        <source>The matrices appear when something is painted.</source>
        <translation>开始绘制后将显示矩阵。</translation>
    </message>
    <message>
        <source>‖G − A‖ / ‖A‖ = {distance}. The {shown} strongest of {units} units are shown.</source>
        <translation>‖G − A‖ / ‖A‖ = {distance}。显示 {units} 个单元中最强的 {shown} 个。</translation>
    </message>
    <message>
        <source>What the painting minimises (Gatys, Ecker, Bethge 2015).</source>
        <translation>绘制时最小化的目标（2015 年论文）。</translation>
    </message>
    <message>
        <source>smoothing · TV</source>
        <translation>平滑 · TV</translation>
    </message>
    <message>
        <source>− γ · unit</source>
        <translation>− γ · 单元</translation>
    </message>
    <message>
        <source>Set as in the paper</source>
        <translation>按论文设置</translation>
    </message>
    <message>
        <source>White noise, one scale, Gram matrices, α and β; for the next start</source>
        <translation>白噪声、单一尺度、Gram 矩阵、α 与 β；下次开始时生效</translation>
    </message>
    <message>
        <source>Style matrix of</source>
        <translation>风格矩阵所在层</translation>
    </message>
    <message>
        <source>A: the style</source>
        <translation>A：风格</translation>
    </message>
    <message>
        <source>G: the painting</source>
        <translation>G：画作</translation>
    </message>
</context>
<context>
    <name>MeasureView</name>
    <message>
        <source>Measuring …</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>Measure without training</source>
        <translation>不训练，直接测量</translation>
    </message>
    <message>
        <source>How well do the encoders at hand tell the people of your data set apart? Measured are the encoder on board, the one in use at the desk and the one trained last, on the same pairs of people whom none of them was trained on. A list of pairs (pairs.txt, as LFW has) names the pairs and the ten folds itself.</source>
        <translation>现有的编码器能多好地区分您数据集里的人？测量的是自带的编码器、前台正在使用的编码器和最近训练的编码器，用同样的照片对，而且其中的人都没有参与过它们的训练。照片对列表自己规定照片对和十折划分。</translation>
    </message>
    <message>
        <source>On the data set</source>
        <translation>在数据集上</translation>
    </message>
    <message>
        <source>On a list of pairs …</source>
        <translation>在照片对列表上…</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Nothing has been measured yet.</source>
        <translation>还没有测量过。</translation>
    </message>
    <message>
        <source>{people} people, {same} same and {different} different pairs.</source>
        <translation>{people} 人，{same} 对同一人，{different} 对不同的人。</translation>
    </message>
    <message>
        <source>The bounds in brackets hold with 95 % confidence.</source>
        <translation>方括号中的界限有 95 % 的置信度。</translation>
    </message>
    <message>
        <source>Not one error in {pairs} different pairs would still only prove a rate below {bound} (3/n).</source>
        <translation>即使 {pairs} 对不同的人中没有一次错误，也只能证明错误率低于 {bound}（3/n）。</translation>
    </message>
    <message>
        <source>{people} people were left out, because an encoder was trained on them.</source>
        <translation>有 {people} 人未采用，因为某个编码器用他们训练过。</translation>
    </message>
    <message>
        <source>{photos} photos show no face; their pairs count as refused.</source>
        <translation>有 {photos} 张照片没有人脸；含有它们的照片对都算作拒绝。</translation>
    </message>
    <message>
        <source>On board</source>
        <translation>自带</translation>
    </message>
    <message>
        <source>A list names photos: choose a folder of people first.</source>
        <translation>列表里写的是照片：请先选择一个人员文件夹。</translation>
    </message>
    <message>
        <source>Choose a list of pairs</source>
        <translation>选择照片对列表</translation>
    </message>
    <message>
        <source>Lists of pairs (*.txt)</source>
        <translation>照片对列表 (*.txt)</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Downloading {name}</source>
        <translation>正在下载 {name}</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件读取…</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>here and whole</source>
        <translation>已就绪，完好</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>not downloaded</source>
        <translation>未下载</translation>
    </message>
    <message>
        <source>The file {name}</source>
        <translation>文件 {name}</translation>
    </message>
    <message>
        <source>Downloading {name}, in MB</source>
        <translation>正在下载 {name}（MB）</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>features for Paint and Explain</source>
        <translation>用于绘画与解释的特征</translation>
    </message>
    <message>
        <source>passive liveness, crop x 2.7</source>
        <translation>被动活体检测，2.7 倍裁剪</translation>
    </message>
    <message>
        <source>passive liveness, crop x 4</source>
        <translation>被动活体检测，4 倍裁剪</translation>
    </message>
    <message>
        <source>features for Explain</source>
        <translation>用于解释的特征</translation>
    </message>
    <message>
        <source>face detector</source>
        <translation>人脸检测</translation>
    </message>
    <message>
        <source>eyelids, for the blink</source>
        <translation>眼睑，用于眨眼检测</translation>
    </message>
    <message>
        <source>face encoder</source>
        <translation>人脸编码</translation>
    </message>
    <message>
        <source>example for Explain: signals</source>
        <translation>解释面板的示例：信号</translation>
    </message>
    <message>
        <source>example for Explain: volumes</source>
        <translation>解释面板的示例：体数据</translation>
    </message>
    <message>
        <source>Check the files again</source>
        <translation>重新检查文件</translation>
    </message>
    <message>
        <source>Everything works with the networks on board. More can be downloaded, or taken from a file.</source>
        <translation>自带的网络已能完成全部功能。也可以下载更多网络，或从文件读取。</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Units</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Point and ask</source>
        <translation>点选提问</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>conv5 17, or words   /</source>
        <translation>conv5 17，或词语   /</translation>
    </message>
    <message>
        <source>A layer and a unit, as in conv5 17, or words of your notes</source>
        <translation>层和单元，如 conv5 17，或笔记中的词</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>NetworkName</name>
    <message>
        <source>Face encoder</source>
        <translation>人脸编码器</translation>
    </message>
    <message>
        <source>Signals (1-D)</source>
        <translation>信号（一维）</translation>
    </message>
    <message>
        <source>Volumes (3-D)</source>
        <translation>体数据（三维）</translation>
    </message>
</context>
<context>
    <name>NetworkPicker</name>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Another network</source>
        <translation>其他网络</translation>
    </message>
    <message>
        <source>A network that torchvision publishes; it is downloaded once.
Weights that you have already: cancel, and choose Open a model file…</source>
        <translation>torchvision 发布的网络，只需下载一次。
如果您已有权重文件：请取消，改选“打开模型文件…”</translation>
    </message>
    <message>
        <source>Which architecture do these weights belong to?</source>
        <translation>这些权重属于哪种架构？</translation>
    </message>
</context>
<context>
    <name>NotesTab</name>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>What does this unit look for? Write it in your own words.</source>
        <translation>这个单元在找什么？用自己的话写下来。</translation>
    </message>
    <message>
        <source>Saved as you type. The search field above finds units by your notes.</source>
        <translation>输入时自动保存。上方的搜索框可按笔记查找单元。</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>NumbersView</name>
    <message>
        <source>One comparison, and N of them</source>
        <translation>一次比较与 N 次比较</translation>
    </message>
    <message>
        <source>What no error proves</source>
        <translation>没有出错能证明什么</translation>
    </message>
    <message>
        <source>A stranger is compared with everybody enrolled, so the chance of a false accept is 1 − (1 − FAR)^N: a rate that is small for a claim (1:1) is large for a gallery (1:N).</source>
        <translation>陌生人要与每个已登记的人比较，所以被误认的概率是 1 − (1 − FAR)^N：对 1:1 来说很小的比率，对 1:N 来说会很大。</translation>
    </message>
    <message>
        <source>With n pairs of different people and not one false accept, the rate is below 3/n with 95 % confidence, because (1 − p)^n = 5 % there. Fewer pairs prove less, however good they look.</source>
        <translation>n 对不同的人中一次误认也没有，就能以 95 % 的置信度说比率低于 3/n，因为此时 (1 − p)^n = 5 %。对数越少，证明得越少，无论看起来多好。</translation>
    </message>
    <message>
        <source>False accept rate of one comparison</source>
        <translation>一次比较的误认率</translation>
    </message>
    <message>
        <source>People enrolled</source>
        <translation>已登记的人数</translation>
    </message>
    <message>
        <source>Pairs of different people</source>
        <translation>不同人的对数</translation>
    </message>
    <message>
        <source>False accept rate of one comparison: {rate} (1 in {trials})</source>
        <translation>一次比较的误认率：{rate}（{trials} 次中 1 次）</translation>
    </message>
    <message>
        <source>People enrolled, N: {people}</source>
        <translation>已登记的人数 N：{people}</translation>
    </message>
    <message>
        <source>Pairs of different people, n: {trials}</source>
        <translation>不同人的对数 n：{trials}</translation>
    </message>
    <message>
        <source>{share} of strangers are taken for somebody.</source>
        <translation>{share} 的陌生人会被当成某个人。</translation>
    </message>
    <message>
        <source>No error in {trials} pairs proves: below {bound}.</source>
        <translation>{trials} 对中没有出错，能证明：低于 {bound}。</translation>
    </message>
    <message>
        <source>share of strangers let in, for 0 to N people</source>
        <translation>0 到 N 人时被误认的陌生人比例</translation>
    </message>
</context>
<context>
    <name>Office</name>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Office of the front desk</source>
        <translation>前台办公室</translation>
    </message>
    <message>
        <source>Pages of the office</source>
        <translation>办公室的页面</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>日常</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Visits, roll-call</source>
        <translation>来访与点名</translation>
    </message>
    <message>
        <source>Visitors</source>
        <translation>访客</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>名片</translation>
    </message>
    <message>
        <source>Lookalikes</source>
        <translation>相貌相似</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Door, attack test</source>
        <translation>门禁与攻击测试</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>保护</translation>
    </message>
</context>
<context>
    <name>OptimisedTab</name>
    <message>
        <source>Optimised</source>
        <translation>优化图像</translation>
    </message>
    <message>
        <source>The picture forms here.</source>
        <translation>图像在这里形成。</translation>
    </message>
    <message>
        <source>Another one</source>
        <translation>换一张</translation>
    </message>
    <message>
        <source>Starts from other noise</source>
        <translation>从另一种噪声开始</translation>
    </message>
    <message>
        <source>Strongest</source>
        <translation>最强</translation>
    </message>
    <message>
        <source>Drawn at random</source>
        <translation>随机抽取</translation>
    </message>
    <message>
        <source>Weakest</source>
        <translation>最弱</translation>
    </message>
    <message>
        <source>activation {value}; the strongest photo reaches {photo}</source>
        <translation>激活值 {value}；最强的照片达到 {photo}</translation>
    </message>
    <message>
        <source>Optimising…</source>
        <translation>正在优化…</translation>
    </message>
</context>
<context>
    <name>Option</name>
    <message>
        <source>Pictures kept per unit</source>
        <translation>每个单元保留的图片数</translation>
    </message>
    <message>
        <source>How many of the strongest pictures of every unit are stored.</source>
        <translation>每个单元保存多少张激活最强的图片。</translation>
    </message>
    <message>
        <source>Pictures per step</source>
        <translation>每步图片数</translation>
    </message>
    <message>
        <source>How many pictures are held at a time. It does not change the result.</source>
        <translation>同时保存在内存中的图片数，不影响结果。</translation>
    </message>
    <message>
        <source>Random order</source>
        <translation>随机顺序</translation>
    </message>
    <message>
        <source>Go through the pictures in random order; the grids settle sooner.</source>
        <translation>以随机顺序处理图片；网格会更快稳定。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Length of the steps</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>Learning rate of the optimiser (Adam).</source>
        <translation>优化器（Adam）的学习率。</translation>
    </message>
    <message>
        <source>Chooses the noise at the start; the same seed gives the same picture.</source>
        <translation>决定开始时的噪声；相同的种子得到相同的图像。</translation>
    </message>
    <message>
        <source>Shown every</source>
        <translation>显示间隔</translation>
    </message>
    <message>
        <source>After how many steps the picture under way is shown.</source>
        <translation>每隔多少步显示一次正在形成的图像。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of the window.</source>
        <translation>界面语言。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light, dark, or as the system has it.</source>
        <translation>浅色、深色，或跟随系统。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Computing device</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <source>auto takes the fastest; or cpu, cuda:0, mps.</source>
        <translation>auto 选最快的；也可以是 cpu、cuda:0、mps。</translation>
    </message>
    <message>
        <source>Keep enrolment photos</source>
        <translation>保留登记照片</translation>
    </message>
    <message>
        <source>Store the cropped face beside the encoding. Off, only encodings are kept.</source>
        <translation>在编码之外保存裁剪出的人脸。关闭时只保存编码。</translation>
    </message>
    <message>
        <source>Lock the front desk after (minutes)</source>
        <translation>无人操作多久后锁定前台（分钟）</translation>
    </message>
    <message>
        <source>Where a PIN guards Recognise, its window is locked when nobody has touched it for so long (0: never).</source>
        <translation>“识别”设有 PIN 码时，这么久无人操作就锁定窗口（0：从不）。</translation>
    </message>
    <message>
        <source>Threshold τ for 1:1</source>
        <translation>1:1 阈值 τ</translation>
    </message>
    <message>
        <source>A claim is accepted when the squared distance is at most τ.</source>
        <translation>平方距离不大于 τ 时接受所声称的身份。</translation>
    </message>
    <message>
        <source>Strangers welcomed by mistake</source>
        <translation>误放陌生人比例</translation>
    </message>
    <message>
        <source>The wanted rate for 1:N; τ is derived from it and the number of people.</source>
        <translation>1:N 所期望的比例；τ 由它和人数推出。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Longer side of the painting, in pixels. The style is scaled along.</source>
        <translation>作品长边的像素数，风格图随之缩放。</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>迭代次数</translation>
    </message>
    <message>
        <source>How many steps the optimiser takes.</source>
        <translation>优化器要走的步数。</translation>
    </message>
    <message>
        <source>Style strength β</source>
        <translation>风格强度 β</translation>
    </message>
    <message>
        <source>Weight of the style loss. Ten times more is clearly more painterly.</source>
        <translation>风格损失的权重。增大十倍，画意明显更浓。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>The photo, or white noise as in the paper (needs more iterations).</source>
        <translation>从照片开始，或像论文那样从白噪声开始（需要更多迭代）。</translation>
    </message>
    <message>
        <source>The content picture</source>
        <translation>内容图片</translation>
    </message>
    <message>
        <source>White noise</source>
        <translation>白噪声</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Of the painting, of the photo, or the style matched to the photo first.</source>
        <translation>用画作的颜色、照片的颜色，或先把风格图的调色匹配到照片。</translation>
    </message>
    <message>
        <source>Of the painting</source>
        <translation>画作的颜色</translation>
    </message>
    <message>
        <source>Of the photo</source>
        <translation>照片的颜色</translation>
    </message>
    <message>
        <source>Palette matched to the photo</source>
        <translation>调色匹配照片</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>L-BFGS needs about a third of Adam&apos;s iterations.</source>
        <translation>L-BFGS 所需迭代约为 Adam 的三分之一。</translation>
    </message>
    <message>
        <source>What counts as the same style: Gram matrices as in the paper, a Wasserstein distance (wants a tenth of β), or nearest neighbours. The last two cannot be tiled.</source>
        <translation>怎样才算同一风格：论文中的 Gram 矩阵、Wasserstein 距离（β 取十分之一），或最近邻。后两种不能分块。</translation>
    </message>
    <message>
        <source>Fine grain · λ₁</source>
        <translation>细纹 · λ₁</translation>
    </message>
    <message>
        <source>Share of the layer relu1_1 in the style loss (λ).</source>
        <translation>relu1_1 层在风格损失中的份额（λ）。</translation>
    </message>
    <message>
        <source>Texture · λ₂</source>
        <translation>质感 · λ₂</translation>
    </message>
    <message>
        <source>Share of the layer relu2_1 in the style loss (λ).</source>
        <translation>relu2_1 层在风格损失中的份额（λ）。</translation>
    </message>
    <message>
        <source>Strokes · λ₃</source>
        <translation>笔触 · λ₃</translation>
    </message>
    <message>
        <source>Share of the layer relu3_1 in the style loss (λ).</source>
        <translation>relu3_1 层在风格损失中的份额（λ）。</translation>
    </message>
    <message>
        <source>Shapes · λ₄</source>
        <translation>形状 · λ₄</translation>
    </message>
    <message>
        <source>Share of the layer relu4_1 in the style loss (λ).</source>
        <translation>relu4_1 层在风格损失中的份额（λ）。</translation>
    </message>
    <message>
        <source>Composition · λ₅</source>
        <translation>构图 · λ₅</translation>
    </message>
    <message>
        <source>Share of the layer relu5_1 in the style loss (λ).</source>
        <translation>relu5_1 层在风格损失中的份额（λ）。</translation>
    </message>
    <message>
        <source>What is learned</source>
        <translation>学习什么</translation>
    </message>
    <message>
        <source>triplet: a distance; logistic, chi2: same or different, from two encodings; softmax: who of those seen in training.</source>
        <translation>三元组：距离；|f − f′| 或 χ²：由两个编码判断是否同一人；Softmax：训练中见过的人里是哪一个。</translation>
    </message>
    <message>
        <source>A distance (triplet loss)</source>
        <translation>距离（三元组损失）</translation>
    </message>
    <message>
        <source>Same or different, from |f − f′|</source>
        <translation>是否同一人，由 |f − f′|</translation>
    </message>
    <message>
        <source>Same or different, from χ²</source>
        <translation>是否同一人，由 χ²</translation>
    </message>
    <message>
        <source>Who it is (softmax)</source>
        <translation>是谁（Softmax）</translation>
    </message>
    <message>
        <source>Which negatives</source>
        <translation>选哪些负样本</translation>
    </message>
    <message>
        <source>random: any other person; semihard: the nearest that is farther than the positive; hard: the nearest of all, with the farthest positive.</source>
        <translation>随机：任意另一个人；半难：比正样本远的当中最近的；最难：所有负样本中最近的，配最远的正样本。</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Semi-hard</source>
        <translation>半难</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>最难</translation>
    </message>
    <message>
        <source>Starting point</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>scratch: a small network with random weights; onboard: the encoder on board, which hard negatives and a margin of 0.5 suit best.</source>
        <translation>随机权重的小网络，或自带的编码器；后者最适合用最难的负样本和 0.5 的间隔。</translation>
    </message>
    <message>
        <source>A small network from scratch</source>
        <translation>从零开始的小网络</translation>
    </message>
    <message>
        <source>The encoder on board</source>
        <translation>自带的编码器</translation>
    </message>
    <message>
        <source>Layers that learn</source>
        <translation>参与学习的层</translation>
    </message>
    <message>
        <source>Of the encoder on board: the last block, or all layers.</source>
        <translation>自带编码器的最后一块，或全部层。</translation>
    </message>
    <message>
        <source>The last block</source>
        <translation>最后一块</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>全部层</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often everybody in the training part is seen.</source>
        <translation>训练部分的每个人被看到多少遍。</translation>
    </message>
    <message>
        <source>Margin α</source>
        <translation>间隔 α</translation>
    </message>
    <message>
        <source>How much farther than the positive a negative has to be.</source>
        <translation>负样本必须比正样本远多少。</translation>
    </message>
    <message>
        <source>People in a batch (P)</source>
        <translation>每批人数（P）</translation>
    </message>
    <message>
        <source>More people bring harder negatives.</source>
        <translation>人越多，负样本越难。</translation>
    </message>
    <message>
        <source>Photos of each (K)</source>
        <translation>每人照片数（K）</translation>
    </message>
    <message>
        <source>At most; a person with fewer brings those there are.</source>
        <translation>最多；照片较少的人有几张用几张。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Of Adam, falling to 0 along a cosine. The encoder on board takes 3 % of it.</source>
        <translation>Adam 的学习率，沿余弦降到 0。自带的编码器只用它的 3 %。</translation>
    </message>
    <message>
        <source>Decides the split, the first weights and every draw.</source>
        <translation>决定划分、初始权重和每次抽样。</translation>
    </message>
    <message>
        <source>Length of Adam&apos;s steps; L-BFGS finds its own.</source>
        <translation>Adam 的步长；L-BFGS 自行确定。</translation>
    </message>
    <message>
        <source>Style loss</source>
        <translation>风格损失</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>平衡方式</translation>
    </message>
    <message>
        <source>By strength, which means the same for any pair of pictures, or by α and β as in the paper.</source>
        <translation>按强度（对任何一对图片含义相同），或如论文按 α 与 β。</translation>
    </message>
    <message>
        <source>By strength</source>
        <translation>按强度</translation>
    </message>
    <message>
        <source>By α and β</source>
        <translation>按 α 与 β</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>From the photo (0) to the painting (100); the same for any pair.</source>
        <translation>从照片（0）到画作（100）；对任何一对图片含义相同。</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>笔触大小</translation>
    </message>
    <message>
        <source>Longer side of the style as a fraction of the painting&apos;s.</source>
        <translation>风格图长边与画作长边之比。</translation>
    </message>
    <message>
        <source>From small to large</source>
        <translation>由小到大</translation>
    </message>
    <message>
        <source>Paint a small picture first and enlarge it: larger strokes, much quicker.</source>
        <translation>先画小图再放大：笔触更大，速度快得多。</translation>
    </message>
    <message>
        <source>Amount of colour</source>
        <translation>颜色程度</translation>
    </message>
    <message>
        <source>How much of the photo&apos;s colours, from 0 (as painted) to 1.</source>
        <translation>照片颜色所占的程度，从 0（保持画作）到 1。</translation>
    </message>
    <message>
        <source>Gram matrices</source>
        <translation>Gram 矩阵</translation>
    </message>
    <message>
        <source>Wasserstein-2 of Gaussians</source>
        <translation>高斯分布的 Wasserstein-2</translation>
    </message>
    <message>
        <source>Sliced Wasserstein</source>
        <translation>切片 Wasserstein</translation>
    </message>
    <message>
        <source>Nearest neighbours</source>
        <translation>最近邻</translation>
    </message>
    <message>
        <source>Content weight α</source>
        <translation>内容权重 α</translation>
    </message>
    <message>
        <source>Weight of the content loss. Only its ratio to β matters.</source>
        <translation>内容损失的权重。只有它与 β 的比值起作用。</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Weight of the total variation: more is smoother.</source>
        <translation>总变差的权重：越大越平滑。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>A unit that the painting should excite, such as conv4_1:12; conv4_1 is the whole layer.</source>
        <translation>画作应当激发的单元，例如 conv4_1:12；conv4_1 表示整层。</translation>
    </message>
    <message>
        <source>Pull of the unit</source>
        <translation>单元的拉力</translation>
    </message>
    <message>
        <source>1 pulls as hard as the content, 0 not at all.</source>
        <translation>1 与内容的拉力相同，0 表示不拉。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>VGG16 is on board; VGG19 has to be downloaded once.</source>
        <translation>VGG16 随程序附带；VGG19 需要下载一次。</translation>
    </message>
    <message>
        <source>Averaging</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Shows the mean of the last iterates; nearer 1 is longer. Calms Adam.</source>
        <translation>显示最近若干次迭代的平均；越接近 1 平均越久。可使 Adam 更平稳。</translation>
    </message>
    <message>
        <source>Beyond the edge</source>
        <translation>边缘之外</translation>
    </message>
    <message>
        <source>What the network sees there: zeros, as in the paper, leave a rim around the painting.</source>
        <translation>网络在画面边缘之外看到什么：像论文那样补零，会在画作四周留下一圈边。</translation>
    </message>
    <message>
        <source>The picture mirrored</source>
        <translation>镜像的画面</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>零</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Of the network. 16 bits are quicker where the processor has them; losses keep 32.</source>
        <translation>网络的精度。处理器支持时 16 位更快；损失保持 32 位。</translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation>32 位</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>16 bits where they are quicker</source>
        <translation>更快时用 16 位</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>Side of the tiles in pixels; 0 tiles only what does not fit into memory.</source>
        <translation>分块边长（像素）；0 表示仅在内存不足时分块。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Chooses the noise. The same seed gives the same painting.</source>
        <translation>决定噪声。同一种子得到同一幅画。</translation>
    </message>
    <message>
        <source>The fastest there is</source>
        <translation>最快的设备</translation>
    </message>
    <message>
        <source>Liveness</source>
        <translation>活体检测</translation>
    </message>
    <message>
        <source>Ask for a movement when the passive check is in doubt or missing, or always.</source>
        <translation>在被动检查存疑或缺失时要求做动作，或总是要求。</translation>
    </message>
    <message>
        <source>When in doubt</source>
        <translation>存疑时</translation>
    </message>
    <message>
        <source>Always ask</source>
        <translation>总是要求</translation>
    </message>
    <message>
        <source>Never ask: step up when in doubt</source>
        <translation>从不要求：存疑时改用其他证明</translation>
    </message>
    <message>
        <source>Surroundings</source>
        <translation>周围环境</translation>
    </message>
    <message>
        <source>What the passive check must see: all the surroundings of a face (whole), or else a face that surely looks living also without them (close), or only what the picture shows (shrunk): a screen that fills the picture may then pass.</source>
        <translation>被动检测必须看到什么：人脸的全部周围环境；或没有环境时也确实像活人的脸；或仅凭画面所见：此时占满画面的屏幕可能会通过。</translation>
    </message>
    <message>
        <source>All of them, or a closer look</source>
        <translation>全部，或更仔细地看</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>眨眼</translation>
    </message>
    <message>
        <source>Ask now and then to blink twice, instead of a second turn or coming nearer. Switch it off where people cannot do it or wear dark glasses.</source>
        <translation>有时要求眨两次眼，代替第二次转头或靠近。若有人做不到或戴深色眼镜，请关闭。</translation>
    </message>
    <message>
        <source>Pause after an attack</source>
        <translation>攻击后的暂停</translation>
    </message>
    <message>
        <source>After a suspected attack no face is looked at for so many seconds, twice as long after each further one in a row. Badge, PIN and host stay.</source>
        <translation>疑似攻击后，在这么多秒内不看任何人脸；连续每多一次，时间加倍。工牌、PIN 码和呼叫接待人仍可用。</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>What is visible</source>
        <translation>可见部分</translation>
    </message>
    <message>
        <source>Colour flash</source>
        <translation>彩色闪光</translation>
    </message>
    <message>
        <source>Let the screen change its colour slowly (2.5 times a second) during a movement check: a screen that is held to the camera does not reflect it.</source>
        <translation>做动作时让屏幕缓慢变色（每秒 2.5 次）：举到摄像头前的屏幕不会反射这种光。</translation>
    </message>
</context>
<context>
    <name>OptionForm</name>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>A frame of the camera</source>
        <translation>摄像头的一帧</translation>
    </message>
</context>
<context>
    <name>PaintPanel</name>
    <message>
        <source>Painting looks through VGG; {network} cannot pull at a picture here.</source>
        <translation>绘画使用 VGG 网络；{network} 在这里不能作用于图片。</translation>
    </message>
    <message>
        <source>Choose a photo and a painting first.</source>
        <translation>请先选择一张照片和一幅画。</translation>
    </message>
    <message>
        <source>The painting is finished.</source>
        <translation>画作已完成。</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>PatchesTab</name>
    <message>
        <source>Patches</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>Choose a patch to see the photo it was cut from.</source>
        <translation>选择一个图块，查看它取自哪张照片。</translation>
    </message>
    <message>
        <source>Compute again</source>
        <translation>重新计算</translation>
    </message>
    <message>
        <source>Runs the photo through the network again and compares</source>
        <translation>让照片再次通过网络并比较结果</translation>
    </message>
    <message>
        <source>How strongly it responds to all of them; the nine are marked</source>
        <translation>它对全部输入的响应强度；九个最强的已标出</translation>
    </message>
    <message>
        <source>Shown once the scan is complete</source>
        <translation>扫描完成后显示</translation>
    </message>
    <message>
        <source>{file}
activation {value} at {place}</source>
        <translation>{file}
激活值 {value}，位置 {place}</translation>
    </message>
    <message>
        <source>recorded {recorded}, recomputed {recomputed}</source>
        <translation>记录值 {recorded}，重算值 {recomputed}</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>Double-click a name to change it.</source>
        <translation>双击姓名可以修改。</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet. Enrol somebody from the camera or from one photo.</source>
        <translation>还没有登记任何人。请用摄像头或一张照片登记。</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Encodings: {count}. Enrolled on {date}.</source>
        <translation>编码数：{count}。登记日期：{date}。</translation>
    </message>
    <message>
        <source>Looks like somebody else: never welcomed by the face alone.</source>
        <translation>与他人相貌相似：绝不会仅凭人脸放行。</translation>
    </message>
    <message>
        <source>Erase {name}?</source>
        <translation>要删除 {name} 吗？</translation>
    </message>
    <message>
        <source>All encodings of this person are deleted. This cannot be undone.</source>
        <translation>此人的所有编码都会被删除，且无法恢复。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>PeopleTab</name>
    <message>
        <source>Name, pinyin, number or badge</source>
        <translation>姓名、拼音、编号或工牌</translation>
    </message>
    <message>
        <source>Search people</source>
        <translation>查找人员</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Looks like somebody else: never welcomed by the face alone.</source>
        <translation>与他人相貌相似：绝不会仅凭人脸放行。</translation>
    </message>
    <message>
        <source>People: {count}</source>
        <translation>人员：{count}</translation>
    </message>
    <message>
        <source>Nobody fits.</source>
        <translation>没有符合的人。</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet.</source>
        <translation>还没有登记任何人。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Export everything about {name}</source>
        <translation>导出 {name} 的全部数据</translation>
    </message>
    <message>
        <source>Everything about {name} is in {file}.</source>
        <translation>{name} 的全部数据已写入 {file}。</translation>
    </message>
    <message>
        <source>Erase {name}?</source>
        <translation>删除 {name}？</translation>
    </message>
    <message>
        <source>Encodings, photos, details and visits are destroyed. This cannot be undone.</source>
        <translation>编码、照片、资料和来访记录都将被销毁，无法恢复。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Erased: {encodings} encodings, {visits} visits. Receipt {number}.</source>
        <translation>已删除：{encodings} 个编码，{visits} 次来访。回执 {number}。</translation>
    </message>
</context>
<context>
    <name>PictureSlot</name>
    <message>
        <source>{count} of {all} pictures were taken; a batch paints with all of them.</source>
        <translation>取用了 {all} 张中的 {count} 张；批处理会使用全部图片。</translation>
    </message>
    <message>
        <source>{name} is not the same file as when this was painted.</source>
        <translation>{name} 与绘制此画时的文件不同。</translation>
    </message>
    <message>
        <source>{count} styles</source>
        <translation>{count} 种风格</translation>
    </message>
</context>
<context>
    <name>PicturesPage</name>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Drop a photo here, or click.</source>
        <translation>将照片拖到这里，或点击。</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Drop a painting, or several.</source>
        <translation>拖入一幅或多幅画。</translation>
    </message>
    <message>
        <source>Try with samples</source>
        <translation>用示例试试</translation>
    </message>
    <message>
        <source>Paint all: {contents} × {styles}…</source>
        <translation>全部绘制：{contents} × {styles}…</translation>
    </message>
</context>
<context>
    <name>PolicyCard</name>
    <message>
        <source>What an enrolment has to bring</source>
        <translation>登记必须具备的信息</translation>
    </message>
    <message>
        <source>The page of enrolment always asks for all three. Here import and the command line are made to ask, before any face is looked at.</source>
        <translation>登记页面始终要求这三项。在此可让导入和命令行在查看任何人脸之前也要求它们。</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Date of erasure</source>
        <translation>删除日期</translation>
    </message>
    <message>
        <source>Kept at most</source>
        <translation>最长保留</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Kept at most, in days</source>
        <translation>最长保留天数</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>The file or folder is not there</source>
        <translation>文件或文件夹不存在</translation>
    </message>
    <message>
        <source>It may have been moved, renamed or deleted. Choose it again.</source>
        <translation>可能已被移动、改名或删除。请重新选择。</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>无法读取文件</translation>
    </message>
    <message>
        <source>It is damaged, or you are not allowed to read it. Use another copy.</source>
        <translation>文件已损坏，或您没有读取权限。请换一份副本。</translation>
    </message>
    <message>
        <source>This is not a picture</source>
        <translation>这不是图片</translation>
    </message>
    <message>
        <source>Choose a JPEG, PNG, WebP, TIFF, BMP or GIF file.</source>
        <translation>请选择 JPEG、PNG、WebP、TIFF、BMP 或 GIF 文件。</translation>
    </message>
    <message>
        <source>The picture is too large</source>
        <translation>图片太大</translation>
    </message>
    <message>
        <source>Make it smaller in another program first, then choose it again.</source>
        <translation>请先用其他程序缩小，再重新选择。</translation>
    </message>
    <message>
        <source>The picture is too small</source>
        <translation>图片太小</translation>
    </message>
    <message>
        <source>Choose one with more pixels.</source>
        <translation>请选择像素更多的图片。</translation>
    </message>
    <message>
        <source>There are no pictures in this folder</source>
        <translation>此文件夹中没有图片</translation>
    </message>
    <message>
        <source>Choose a folder with JPEG, PNG, WebP, TIFF or BMP files.</source>
        <translation>请选择含有 JPEG、PNG、WebP、TIFF 或 BMP 文件的文件夹。</translation>
    </message>
    <message>
        <source>The file cannot be written</source>
        <translation>无法写入文件</translation>
    </message>
    <message>
        <source>Choose a place where you may write. Whatever was there is unchanged.</source>
        <translation>请选择有写入权限的位置。原有文件未被改动。</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Nothing was written. Make room and try again.</source>
        <translation>没有写入任何内容。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>A setting cannot be used as it is</source>
        <translation>某项设置的值不可用</translation>
    </message>
    <message>
        <source>Choose another value and try again.</source>
        <translation>请换一个值再试。</translation>
    </message>
    <message>
        <source>There is no network of this name</source>
        <translation>没有这个名称的网络</translation>
    </message>
    <message>
        <source>Choose one of the networks in Settings → Networks.</source>
        <translation>请在“设置 → 网络”中选择一个网络。</translation>
    </message>
    <message>
        <source>A network&apos;s file is missing</source>
        <translation>缺少网络文件</translation>
    </message>
    <message>
        <source>Download it in Settings → Networks, or install the program again.</source>
        <translation>请在“设置 → 网络”中下载，或重新安装程序。</translation>
    </message>
    <message>
        <source>A network&apos;s file is damaged</source>
        <translation>网络文件已损坏</translation>
    </message>
    <message>
        <source>It was not used. Download it again, or install the program again.</source>
        <translation>该文件未被使用。请重新下载，或重新安装程序。</translation>
    </message>
    <message>
        <source>torch and torchvision do not belong together</source>
        <translation>torch 与 torchvision 版本不匹配</translation>
    </message>
    <message>
        <source>Install a matching pair, then start again:
pip install --upgrade --force-reinstall torch torchvision</source>
        <translation>请安装匹配的版本，然后重新启动：
pip install --upgrade --force-reinstall torch torchvision</translation>
    </message>
    <message>
        <source>This computing device is not here</source>
        <translation>没有这个计算设备</translation>
    </message>
    <message>
        <source>Choose another one in the settings.</source>
        <translation>请在设置中选择其他设备。</translation>
    </message>
    <message>
        <source>The computing device ran out of memory</source>
        <translation>计算设备内存不足</translation>
    </message>
    <message>
        <source>Choose a smaller size, close other programs, or choose another device.</source>
        <translation>请选择较小的尺寸、关闭其他程序，或换一个设备。</translation>
    </message>
    <message>
        <source>The download server cannot be reached</source>
        <translation>无法连接下载服务器</translation>
    </message>
    <message>
        <source>Check the connection and try again. Everything on board works without it.</source>
        <translation>请检查网络后重试。内置功能无需网络即可使用。</translation>
    </message>
    <message>
        <source>The download arrived damaged</source>
        <translation>下载的文件已损坏</translation>
    </message>
    <message>
        <source>It was thrown away. Try again.</source>
        <translation>该文件已丢弃。请重试。</translation>
    </message>
    <message>
        <source>The camera or video cannot be opened</source>
        <translation>无法打开摄像头或视频</translation>
    </message>
    <message>
        <source>Check that it is connected and that no other program uses it.</source>
        <translation>请确认已连接，且没有被其他程序占用。</translation>
    </message>
    <message>
        <source>The camera stopped sending pictures</source>
        <translation>摄像头停止传送画面</translation>
    </message>
    <message>
        <source>Check its cable or connection, then choose the source again.</source>
        <translation>请检查连线或网络，然后重新选择来源。</translation>
    </message>
    <message>
        <source>No face was found</source>
        <translation>没有找到人脸</translation>
    </message>
    <message>
        <source>Use a picture in which the face is upright, well lit and not too small.</source>
        <translation>请使用人脸端正、光线充足且不太小的图片。</translation>
    </message>
    <message>
        <source>There is more than one face</source>
        <translation>图中不止一张人脸</translation>
    </message>
    <message>
        <source>Use a picture that shows only this person.</source>
        <translation>请使用只有此人的图片。</translation>
    </message>
    <message>
        <source>This name cannot be used</source>
        <translation>这个姓名不可用</translation>
    </message>
    <message>
        <source>Give a name of 1 to 80 characters on one line.</source>
        <translation>请输入一行以内、1 至 80 个字符的姓名。</translation>
    </message>
    <message>
        <source>Nobody of this name is enrolled</source>
        <translation>没有登记过这个姓名</translation>
    </message>
    <message>
        <source>Choose a person from the list, or enrol this one first.</source>
        <translation>请从列表中选择，或先登记此人。</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet</source>
        <translation>尚未登记任何人</translation>
    </message>
    <message>
        <source>Enrol a person from the camera or from a photo first.</source>
        <translation>请先用摄像头或照片登记一个人。</translation>
    </message>
    <message>
        <source>The list of people was written by a newer version</source>
        <translation>人员库由更新的版本写入</translation>
    </message>
    <message>
        <source>It was left as it is. Update the program to open it.</source>
        <translation>内容保持原样。请更新程序后再打开。</translation>
    </message>
    <message>
        <source>The list of people cannot be read</source>
        <translation>无法读取人员库</translation>
    </message>
    <message>
        <source>It was left as it is. Restore a backup: the Recognise panel offers those it finds.</source>
        <translation>文件保持原样。请恢复备份：“识别”面板会列出找到的备份。</translation>
    </message>
    <message>
        <source>The list of people is locked</source>
        <translation>人员名单已锁定</translation>
    </message>
    <message>
        <source>Type its passphrase on the page Protection.</source>
        <translation>请在“保护”页输入口令。</translation>
    </message>
    <message>
        <source>The key of the list of people is missing</source>
        <translation>人员名单的密钥不见了</translation>
    </message>
    <message>
        <source>Bring it back, or open the list as the user who made it. Without the key nobody can read the encodings: the people would have to be enrolled again.</source>
        <translation>请找回密钥，或以创建名单的用户打开。没有密钥谁也无法读取编码，只能重新登记。</translation>
    </message>
    <message>
        <source>The key of the list of people cannot be reached</source>
        <translation>无法取得人员名单的密钥</translation>
    </message>
    <message>
        <source>Unlock the system&apos;s keyring and try again.</source>
        <translation>请解锁系统钥匙串后重试。</translation>
    </message>
    <message>
        <source>This passphrase is too short</source>
        <translation>口令太短</translation>
    </message>
    <message>
        <source>Use at least 8 characters; several words are easy to remember.</source>
        <translation>至少 8 个字符；几个词组成的口令容易记住。</translation>
    </message>
    <message>
        <source>This PIN cannot be used</source>
        <translation>此 PIN 不可用</translation>
    </message>
    <message>
        <source>Use 4 to 12 digits, not all the same and not counting up or down.</source>
        <translation>请用 4 到 12 位数字，不要全部相同，也不要顺序递增或递减。</translation>
    </message>
    <message>
        <source>This PIN is not right</source>
        <translation>PIN 不正确</translation>
    </message>
    <message>
        <source>Try again, or ask the administrator for a new one.</source>
        <translation>请重试，或请管理员重新设置。</translation>
    </message>
    <message>
        <source>Too many wrong PINs at this desk</source>
        <translation>此前台的 PIN 错误次数过多</translation>
    </message>
    <message>
        <source>Wait until the time below, or ask the administrator.</source>
        <translation>请等到下面的时间，或联系管理员。</translation>
    </message>
    <message>
        <source>This needs another role</source>
        <translation>此操作需要其他角色</translation>
    </message>
    <message>
        <source>Lock the window and take the role with its PIN, or ask who has it.</source>
        <translation>请锁定窗口并用 PIN 码取得该角色，或请有此角色的人操作。</translation>
    </message>
    <message>
        <source>This number or badge belongs to somebody else</source>
        <translation>此编号或工牌属于别人</translation>
    </message>
    <message>
        <source>Check it, or take it away from the other person first.</source>
        <translation>请核对，或先从对方资料中移除。</translation>
    </message>
    <message>
        <source>Consent, purpose or retention is missing</source>
        <translation>缺少同意、用途或保留期限</translation>
    </message>
    <message>
        <source>Nothing was captured. Fill in what this gallery asks for first.</source>
        <translation>未采集任何内容。请先填写此名单要求的信息。</translation>
    </message>
    <message>
        <source>This cannot be imported</source>
        <translation>无法导入</translation>
    </message>
    <message>
        <source>Choose a folder with one sub-folder or one photo a person, or a CSV: name,photo.</source>
        <translation>请选择每人一个子文件夹或一张照片的文件夹，或含 name,photo 的 CSV。</translation>
    </message>
    <message>
        <source>This backup cannot be used</source>
        <translation>此备份不可用</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose another backup.</source>
        <translation>没有改动任何内容。请选择其他备份。</translation>
    </message>
    <message>
        <source>There are too few people for this</source>
        <translation>人数太少</translation>
    </message>
    <message>
        <source>Enrol more people, or more photos of the same people, and try again.</source>
        <translation>请登记更多的人，或为同一批人添加更多照片后重试。</translation>
    </message>
    <message>
        <source>The list of pairs cannot be used</source>
        <translation>配对列表不可用</translation>
    </message>
    <message>
        <source>Each line names two pictures and says whether they show one person.</source>
        <translation>每行应给出两张图片，并注明是否为同一人。</translation>
    </message>
    <message>
        <source>The folder is no data set to learn from</source>
        <translation>这个文件夹不能作为学习用的数据集</translation>
    </message>
    <message>
        <source>Give every person a sub-folder with two photos or more; six such people are the least for training.</source>
        <translation>给每个人一个子文件夹，放两张或更多照片；训练至少需要六个这样的人。</translation>
    </message>
    <message>
        <source>The checkpoints belong to another run</source>
        <translation>这些检查点属于另一次训练</translation>
    </message>
    <message>
        <source>They were made with other settings or photos. Choose an empty folder for this run.</source>
        <translation>它们是用别的设置或照片生成的。请为这次训练选一个空文件夹。</translation>
    </message>
    <message>
        <source>The training ran out of bounds</source>
        <translation>训练发散了</translation>
    </message>
    <message>
        <source>The loss is no longer a number. Start again with a smaller learning rate.</source>
        <translation>损失不再是一个数。请用更小的学习率重新开始。</translation>
    </message>
    <message>
        <source>This file is no encoder of the lab</source>
        <translation>这个文件不是实验室的编码器</translation>
    </message>
    <message>
        <source>Choose a .safetensors file that a training run has written, with its .json beside it.</source>
        <translation>请选择训练写出的 .safetensors 文件，旁边要有它的 .json。</translation>
    </message>
    <message>
        <source>The painting ran out of bounds</source>
        <translation>绘画过程发散了</translation>
    </message>
    <message>
        <source>The loss is no longer a number. Lower α or β, or start from the content.</source>
        <translation>损失已不是有效数值。请减小 α 或 β，或从内容图片开始。</translation>
    </message>
    <message>
        <source>A picture is not the one that the painting began with</source>
        <translation>有图片与开始绘制时的不同</translation>
    </message>
    <message>
        <source>Put the old file back, or start the painting anew.</source>
        <translation>请放回原来的文件，或重新开始绘制。</translation>
    </message>
    <message>
        <source>The stored painting run is damaged</source>
        <translation>保存的绘制进度已损坏</translation>
    </message>
    <message>
        <source>Start the painting anew.</source>
        <translation>请重新开始绘制。</translation>
    </message>
    <message>
        <source>This folder has not been scanned yet</source>
        <translation>此文件夹尚未扫描</translation>
    </message>
    <message>
        <source>Scan it first.</source>
        <translation>请先扫描。</translation>
    </message>
    <message>
        <source>The stored scan is damaged</source>
        <translation>保存的扫描结果已损坏</translation>
    </message>
    <message>
        <source>Scan the folder again.</source>
        <translation>请重新扫描文件夹。</translation>
    </message>
    <message>
        <source>The pictures changed since the scan</source>
        <translation>扫描之后图片有变化</translation>
    </message>
    <message>
        <source>Scan the folder again to see it as it is now.</source>
        <translation>请重新扫描文件夹以查看现状。</translation>
    </message>
    <message>
        <source>There is no such layer or unit</source>
        <translation>没有这个层或单元</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>请从列表中选择。</translation>
    </message>
    <message>
        <source>Something went wrong in the program</source>
        <translation>程序出了问题</translation>
    </message>
    <message>
        <source>This did not work</source>
        <translation>操作未能完成</translation>
    </message>
</context>
<context>
    <name>ProjectionsTab</name>
    <message>
        <source>Projections</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>Projecting back to pixels…</source>
        <translation>正在投影回像素…</translation>
    </message>
    <message>
        <source>patch</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>deconvnet</source>
        <translation>反卷积</translation>
    </message>
    <message>
        <source>guided backprop</source>
        <translation>导向反向传播</translation>
    </message>
    <message>
        <source>Shown once the scan is complete.</source>
        <translation>扫描完成后显示。</translation>
    </message>
    <message>
        <source>Which pixels of each patch the activation comes from. Grey is none.</source>
        <translation>激活来自每个图块的哪些像素。灰色表示没有。</translation>
    </message>
</context>
<context>
    <name>ProtectionTab</name>
    <message>
        <source>The key of the encodings</source>
        <translation>编码的密钥</translation>
    </message>
    <message>
        <source>Passphrase, at least 8 characters</source>
        <translation>口令，至少 8 个字符</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>The same again, to lock with it</source>
        <translation>再输入一次，以此锁定</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>再次输入口令</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Keep it in the system&apos;s keyring</source>
        <translation>存入系统钥匙串</translation>
    </message>
    <message>
        <source>Lock it with this passphrase</source>
        <translation>用此口令锁定</translation>
    </message>
    <message>
        <source>Keep it in a file</source>
        <translation>存为文件</translation>
    </message>
    <message>
        <source>Who sits here</source>
        <translation>当前角色</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN 码</translation>
    </message>
    <message>
        <source>The same again, to set it</source>
        <translation>再输入一次，以便设置</translation>
    </message>
    <message>
        <source>PIN again</source>
        <translation>再次输入 PIN</translation>
    </message>
    <message>
        <source>Take this role</source>
        <translation>切换到此角色</translation>
    </message>
    <message>
        <source>Set this role&apos;s PIN</source>
        <translation>设置此角色的 PIN</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>A backup is read again and every seal opened before it counts. The key is not in it, unless a passphrase locks it. People who were erased stay erased when an older backup is restored.</source>
        <translation>备份完成前会重新读取并逐一解封验证。备份不含密钥，除非密钥由口令锁定。恢复旧备份时，已删除的人仍保持删除。</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>The key is in the system&apos;s keyring.</source>
        <translation>密钥在系统钥匙串中。</translation>
    </message>
    <message>
        <source>The key is locked with a passphrase.</source>
        <translation>密钥由口令锁定。</translation>
    </message>
    <message>
        <source>The key is in a file of this user, apart from the list. A stolen list or backup is of no use without it, but whoever steals the whole disk can read the encodings: lock it with a passphrase, or use the keyring.</source>
        <translation>密钥在此用户的文件中，与名单分开存放。仅偷走名单或备份没有用，但偷走整块硬盘的人可以读取编码：请用口令锁定，或使用钥匙串。</translation>
    </message>
    <message>
        <source>There is no list of people yet.</source>
        <translation>还没有人员名单。</translation>
    </message>
    <message>
        <source>Here sits: the kiosk. It recognises, and nothing else.</source>
        <translation>当前：自助机。只能识别。</translation>
    </message>
    <message>
        <source>Here sits: reception. It enrols, sees people and visits, checks in and out.</source>
        <translation>当前：前台。可登记、查看人员与来访、签到签退。</translation>
    </message>
    <message>
        <source>Here sits: the administrator. Everything is allowed.</source>
        <translation>当前：管理员。允许全部操作。</translation>
    </message>
    <message>
        <source>No PIN is set: whoever opens the window is administrator.</source>
        <translation>未设 PIN：打开窗口的人就是管理员。</translation>
    </message>
    <message>
        <source>The PIN is set.</source>
        <translation>PIN 已设置。</translation>
    </message>
    <message>
        <source>Every enrolment is asked for this from now on.</source>
        <translation>从现在起，每次登记都会要求这些信息。</translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation>备份到</translation>
    </message>
    <message>
        <source>Restore from</source>
        <translation>从备份恢复</translation>
    </message>
    <message>
        <source>Backed up and verified: {people} people in {file}.</source>
        <translation>已备份并验证：{file} 中有 {people} 人。</translation>
    </message>
    <message>
        <source>Restored: {people} people; erased again: {again}.</source>
        <translation>已恢复 {people} 人；再次删除 {again} 人。</translation>
    </message>
</context>
<context>
    <name>RecipeColumn</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Content, styles, size</source>
        <translation>内容、风格、尺寸</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How much of the style, and how large its brush</source>
        <translation>风格的多少，以及笔触的大小</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Fine grain, strokes, shapes, composition</source>
        <translation>细纹、笔触、形状、构图</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>This style here, leave this alone</source>
        <translation>此处用这种风格，此处保持不变</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Whose colours, and how much</source>
        <translation>用谁的颜色，用多少</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Go back, compare, start again from there, film</source>
        <translation>回看、对比、从那里重新开始、影片</translation>
    </message>
    <message>
        <source>Maths</source>
        <translation>数学</translation>
    </message>
    <message>
        <source>The objective and the style matrices</source>
        <translation>目标函数与风格矩阵</translation>
    </message>
    <message>
        <source>Some changes apply to the next start.</source>
        <translation>部分更改在下次开始时生效。</translation>
    </message>
</context>
<context>
    <name>RecognisePanel</name>
    <message>
        <source>{name} is erased. Receipt {number}.</source>
        <translation>{name} 已删除。回执 {number}。</translation>
    </message>
    <message>
        <source>The list is restored: {count} people.</source>
        <translation>名单已恢复：{count} 人。</translation>
    </message>
    <message>
        <source>Choose a camera, a video or a stream at the top right first.</source>
        <translation>请先在右上方选择摄像头、视频或网络流。</translation>
    </message>
</context>
<context>
    <name>RegionsPage</name>
    <message>
        <source>Paint on the photo what should happen where.</source>
        <translation>在照片上涂出各处应如何处理。</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Soft edge</source>
        <translation>柔和边缘</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反转</translation>
    </message>
    <message>
        <source>From a picture…</source>
        <translation>来自图片…</translation>
    </message>
    <message>
        <source>White in the picture belongs to the region</source>
        <translation>图片中的白色属于该区域</translation>
    </message>
    <message>
        <source>By keyboard: arrows move, Space paints, Delete erases, [ and ] size, Ctrl+Z undoes.</source>
        <translation>键盘：方向键移动，空格涂抹，删除键擦除，[ 和 ] 改变大小，Ctrl+Z 撤销。</translation>
    </message>
    <message>
        <source>Regions act from the next start on.</source>
        <translation>区域在下次开始时生效。</translation>
    </message>
    <message>
        <source>Leave this alone</source>
        <translation>此处保持不变</translation>
    </message>
    <message>
        <source>{style} here</source>
        <translation>此处用 {style}</translation>
    </message>
</context>
<context>
    <name>RestoreOffer</name>
    <message>
        <source>Looking for backups…</source>
        <translation>正在查找备份…</translation>
    </message>
    <message>
        <source>Verified backups of this list. The damaged file is kept beside.</source>
        <translation>此名单的已验证备份。损坏的文件会保留在旁边。</translation>
    </message>
    <message>
        <source>No backup was found where the program wrote one. Choose the file yourself.</source>
        <translation>在程序写入备份的位置没有找到备份。请自行选择文件。</translation>
    </message>
    <message>
        <source>{time}: {people} people</source>
        <translation>{time}：{people} 人</translation>
    </message>
    <message>
        <source>Administrator&apos;s PIN, as it was in the backup</source>
        <translation>备份当时的管理员 PIN 码</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Restore this one</source>
        <translation>恢复此备份</translation>
    </message>
    <message>
        <source>Choose a backup…</source>
        <translation>选择备份…</translation>
    </message>
    <message>
        <source>Restore from</source>
        <translation>从备份恢复</translation>
    </message>
</context>
<context>
    <name>ResultView</name>
    <message>
        <source>Before and after, on the same pairs of people held out</source>
        <translation>训练前后，在同样的留出人员照片对上</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>No epoch told the validation people apart better than the start did, so the encoder is the one that the run started from.</source>
        <translation>没有哪一轮比开始时更能区分验证人员，所以得到的编码器就是开始时的那个。</translation>
    </message>
    <message>
        <source>Train an encoder first: people whom it never saw then decide how good it is.</source>
        <translation>先训练一个编码器：它从未见过的人将决定它有多好。</translation>
    </message>
    <message>
        <source>Area under the ROC: {before} before, {after} after.</source>
        <translation>ROC 曲线下面积：之前 {before}，之后 {after}。</translation>
    </message>
    <message>
        <source>{people} people held out, {same} same and {different} different pairs. The bounds in brackets hold with 95 % confidence. Not one error in {different} pairs would still only prove a rate below {bound} (3/n). Best epoch: {epoch}. Encoder: {model}.</source>
        <translation>留出 {people} 人，{same} 对同一人、{different} 对不同的人。方括号内的界限有 95 % 的置信度。即使 {different} 对中一次也不出错，也只能证明比率低于 {bound}（3/n）。最佳轮：{epoch}。编码器：{model}。</translation>
    </message>
    <message>
        <source>Plain distance</source>
        <translation>普通距离</translation>
    </message>
</context>
<context>
    <name>Rewinder</name>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>this moment</source>
        <translation>此刻</translation>
    </message>
    <message>
        <source>photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>first moment</source>
        <translation>最初</translation>
    </message>
</context>
<context>
    <name>Scanning</name>
    <message>
        <source>{images} pictures scanned, {units} units.</source>
        <translation>已扫描 {images} 张图片，{units} 个单元。</translation>
    </message>
    <message>
        <source>The scan was stopped. What was scanned so far is kept.</source>
        <translation>扫描已停止。已扫描的部分已保留。</translation>
    </message>
    <message>
        <source>{count} of the scanned pictures are no longer in the folder. Scan again.</source>
        <translation>有 {count} 张已扫描的图片不在文件夹中了。请重新扫描。</translation>
    </message>
    <message>
        <source>The stored scan does not fit any more. Scan the pictures again.</source>
        <translation>保存的扫描结果已不适用。请重新扫描图片。</translation>
    </message>
</context>
<context>
    <name>ScoreBoard</name>
    <message>
        <source>ROC</source>
        <translation>ROC</translation>
    </message>
    <message>
        <source>Distances of the pairs</source>
        <translation>照片对的距离</translation>
    </message>
    <message>
        <source>Appears after a measurement.</source>
        <translation>测量之后显示。</translation>
    </message>
    <message>
        <source>false accept rate (FAR)</source>
        <translation>误认率（FAR）</translation>
    </message>
    <message>
        <source>true accept rate</source>
        <translation>正确接受率</translation>
    </message>
    <message>
        <source>same person</source>
        <translation>同一人</translation>
    </message>
    <message>
        <source>different people</source>
        <translation>不同的人</translation>
    </message>
    <message>
        <source>Area under the ROC</source>
        <translation>ROC 曲线下面积</translation>
    </message>
    <message>
        <source>Equal error rate</source>
        <translation>等错误率</translation>
    </message>
    <message>
        <source>Accuracy, ten folds</source>
        <translation>准确率（十折）</translation>
    </message>
    <message>
        <source>True accepts, FAR {rate}</source>
        <translation>正确接受率，FAR {rate}</translation>
    </message>
    <message>
        <source>Misses, {rate} strangers let in</source>
        <translation>漏认率，放进 {rate} 陌生人时</translation>
    </message>
</context>
<context>
    <name>Seat</name>
    <message>
        <source>Kiosk</source>
        <translation>自助机</translation>
    </message>
    <message>
        <source>Reception</source>
        <translation>接待</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>About Triptych</source>
        <translation>关于 Triptych</translation>
    </message>
    <message>
        <source>Version {version}. Recognise faces, paint pictures, explain networks: everything is computed on this machine, and no picture leaves it.</source>
        <translation>版本 {version}。识别人脸、绘制图片、解释网络：一切都在本机计算，任何图片都不会外传。</translation>
    </message>
    <message>
        <source>Triptych is free software under the Apache License 2.0. It stands on Qt and PySide6 (LGPL 3), PyTorch and torchvision (BSD), OpenCV (Apache 2.0), NumPy (BSD) and Pillow (MIT-CMU). The networks on board have licences of their own.</source>
        <translation>Triptych 是采用 Apache License 2.0 的自由软件，基于 Qt 与 PySide6（LGPL 3）、PyTorch 与 torchvision（BSD）、OpenCV（Apache 2.0）、NumPy（BSD）和 Pillow（MIT-CMU）。内置网络各有其许可证。</translation>
    </message>
    <message>
        <source>Licences of the networks</source>
        <translation>网络的许可证</translation>
    </message>
    <message>
        <source>Show the log file</source>
        <translation>查看日志文件</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>Painting nine small pictures</source>
        <translation>正在绘制九张小图</translation>
    </message>
    <message>
        <source>Click the one to paint large</source>
        <translation>点击要放大绘制的一张</translation>
    </message>
    <message>
        <source>Save sheet…</source>
        <translation>保存样张…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{strength} · {style}</source>
        <translation>{strength} · {style}</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>Video file…</source>
        <translation>视频文件…</translation>
    </message>
    <message>
        <source>Folder of pictures…</source>
        <translation>图片文件夹…</translation>
    </message>
    <message>
        <source>Network stream</source>
        <translation>网络视频流</translation>
    </message>
    <message>
        <source>One photo…</source>
        <translation>一张照片…</translation>
    </message>
    <message>
        <source>Source of pictures</source>
        <translation>图像来源</translation>
    </message>
    <message>
        <source>Look for cameras again</source>
        <translation>重新查找摄像头</translation>
    </message>
    <message>
        <source>Address of the stream</source>
        <translation>视频流地址</translation>
    </message>
    <message>
        <source>Staff view</source>
        <translation>工作人员视图</translation>
    </message>
    <message>
        <source>Show distances, threshold, margin and quality</source>
        <translation>显示距离、阈值、差距和质量</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>StaffStrip</name>
    <message>
        <source>Nearest</source>
        <translation>最接近的人</translation>
    </message>
    <message>
        <source>Squared distance d</source>
        <translation>平方距离 d</translation>
    </message>
    <message>
        <source>Threshold τ</source>
        <translation>阈值 τ</translation>
    </message>
    <message>
        <source>Second distance</source>
        <translation>次近距离</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>差距</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>StaffView</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Newest decisions</source>
        <translation>最近的判定</translation>
    </message>
    <message>
        <source>Not me: take the welcome back</source>
        <translation>不是我：撤回欢迎</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>Check out</source>
        <translation>签退</translation>
    </message>
    <message>
        <source>I am coming</source>
        <translation>我来了</translation>
    </message>
    <message>
        <source>A name, to check in or out by hand</source>
        <translation>姓名，用于手动签到或签退</translation>
    </message>
    <message>
        <source>Decisions appear here with their reasons while the desk is open.</source>
        <translation>前台打开时，判定及原因会显示在这里。</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Drop a photo, a video, or a folder of photos here.</source>
        <translation>请把照片、视频或照片文件夹拖到这里。</translation>
    </message>
</context>
<context>
    <name>StageWords</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends the run and keeps the picture</source>
        <translation>结束绘制并保留图片</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>The engine is still loading; painting starts by itself.</source>
        <translation>引擎仍在加载；随后会自动开始绘制。</translation>
    </message>
    <message>
        <source>Looking at the pictures…</source>
        <translation>正在查看图片…</translation>
    </message>
    <message>
        <source>Painting. Every iteration changes the picture.</source>
        <translation>正在绘制，每次迭代都会改变画面。</translation>
    </message>
    <message>
        <source>Paused after {count} iterations.</source>
        <translation>已在 {count} 次迭代后暂停。</translation>
    </message>
    <message>
        <source>Finished after {count} iterations.</source>
        <translation>经过 {count} 次迭代后完成。</translation>
    </message>
    <message>
        <source>Stopped after {count} iterations. The picture is kept.</source>
        <translation>已在 {count} 次迭代后停止，图片已保留。</translation>
    </message>
    <message>
        <source>Left after {count} iterations last time. Continue goes on.</source>
        <translation>上次停在第 {count} 次迭代。点击“继续”接着画。</translation>
    </message>
    <message>
        <source>This painting was not saved last time.</source>
        <translation>这幅画上次没有保存。</translation>
    </message>
    <message>
        <source>Ready. Press Start.</source>
        <translation>准备就绪，请点击“开始”。</translation>
    </message>
    <message>
        <source>Now a painting for the style.</source>
        <translation>再选一幅画作为风格。</translation>
    </message>
    <message>
        <source>A photo, a painting, and a little time.</source>
        <translation>一张照片，一幅画，再加一点时间。</translation>
    </message>
</context>
<context>
    <name>StrengthPage</name>
    <message>
        <source>Acts on the next iteration, without a new start.</source>
        <translation>从下一次迭代起生效，无需重新开始。</translation>
    </message>
    <message>
        <source>Nine to choose from…</source>
        <translation>九张小图供选择…</translation>
    </message>
    <message>
        <source>Paints nine small pictures: strengths × styles</source>
        <translation>绘制九张小图：强度 × 风格</translation>
    </message>
</context>
<context>
    <name>StyleBlend</name>
    <message>
        <source>Take this style away</source>
        <translation>移除这种风格</translation>
    </message>
</context>
<context>
    <name>Subject</name>
    <message>
        <source>Drop a picture file here.</source>
        <translation>请把图片文件拖到这里。</translation>
    </message>
    <message>
        <source>This network takes files that end in {endings}.</source>
        <translation>这个网络接受以下后缀的文件：{endings}。</translation>
    </message>
    <message>
        <source>Drop any picture, then click a spot or drag a box.</source>
        <translation>拖入任意一张图片，然后点击一处或拖出一个框。</translation>
    </message>
    <message>
        <source>Drop any recording, then click a moment or drag over a segment.</source>
        <translation>拖入任意一段记录，然后点击某个时刻或拖选一段。</translation>
    </message>
    <message>
        <source>Drop any volume, then click a spot of a slice or drag a box on it.</source>
        <translation>拖入任意体数据，然后在切片上点击一处或拖出一个框。</translation>
    </message>
    <message>
        <source>Which units fire here?</source>
        <translation>哪些单元在这里响应？</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Choose a recording…</source>
        <translation>选择记录…</translation>
    </message>
    <message>
        <source>Choose a volume…</source>
        <translation>选择体数据…</translation>
    </message>
    <message>
        <source>Use a picture on board</source>
        <translation>使用一张自带图片</translation>
    </message>
    <message>
        <source>Use the first one scanned</source>
        <translation>使用扫描过的第一个</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>The units that are strongest anywhere on this picture</source>
        <translation>在这张图片任意位置上响应最强的单元</translation>
    </message>
    <message>
        <source>Slice {number} of {count}</source>
        <translation>第 {number} 片，共 {count} 片</translation>
    </message>
    <message>
        <source>Stretch {number} of {count}</source>
        <translation>第 {number} 段，共 {count} 段</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>区段</translation>
    </message>
    <message>
        <source>what the network sees</source>
        <translation>网络所看到的范围</translation>
    </message>
    <message>
        <source>What do you want to point at?</source>
        <translation>要指向什么？</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>体数据</translation>
    </message>
</context>
<context>
    <name>TimelinePage</name>
    <message>
        <source>Every few iterations a moment is kept. Drag to go back.</source>
        <translation>每隔几次迭代保留一个时刻。拖动可回看。</translation>
    </message>
    <message>
        <source>Moment</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>The first moment</source>
        <translation>最初的时刻</translation>
    </message>
    <message>
        <source>The pinned picture</source>
        <translation>固定的图片</translation>
    </message>
    <message>
        <source>Pin this picture to compare</source>
        <translation>固定此图以便对比</translation>
    </message>
    <message>
        <source>Paint on from here</source>
        <translation>从这里继续绘制</translation>
    </message>
    <message>
        <source>Starts a new run from this picture, with the settings as they are now</source>
        <translation>用现在的设置从这张图重新开始绘制</translation>
    </message>
    <message>
        <source>Save this picture…</source>
        <translation>保存此图…</translation>
    </message>
    <message>
        <source>Save as a film…</source>
        <translation>保存为影片…</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>after {count} iterations · J = {total}</source>
        <translation>{count} 次迭代后 · J = {total}</translation>
    </message>
</context>
<context>
    <name>TrainingView</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Share that still teaches</source>
        <translation>仍有作用的比例</translation>
    </message>
    <message>
        <source>Spread of the encodings</source>
        <translation>编码的散布</translation>
    </message>
    <message>
        <source>Same person, d(A, P)</source>
        <translation>同一人 d(A, P)</translation>
    </message>
    <message>
        <source>Different people, d(A, N)</source>
        <translation>不同的人 d(A, N)</translation>
    </message>
    <message>
        <source>What still teaches</source>
        <translation>还有多少可学</translation>
    </message>
    <message>
        <source>Mean distances</source>
        <translation>平均距离</translation>
    </message>
    <message>
        <source>Last batches</source>
        <translation>最近几批</translation>
    </message>
    <message>
        <source>The hardest triplets of the newest batch</source>
        <translation>最新一批中最难的三元组</translation>
    </message>
    <message>
        <source>Appears while a network trains.</source>
        <translation>训练时显示。</translation>
    </message>
    <message>
        <source>same person</source>
        <translation>同一人</translation>
    </message>
    <message>
        <source>different people</source>
        <translation>不同的人</translation>
    </message>
    <message>
        <source>Collapse: all encodings have become equal, and the loss stays at the margin. Stop, choose semi-hard negatives instead of hard ones, or a learning rate ten times smaller, and start again.</source>
        <translation>坍缩：所有编码都变得相同，损失停在间隔上。请停止，改选半难负样本而不是最难的，或把学习率减小到十分之一，再重新开始。</translation>
    </message>
    <message>
        <source>Hardly any triplet still teaches. Choose hard negatives or a larger margin to learn more from these photos, or end the run.</source>
        <translation>几乎没有三元组还能教给网络什么。要从这些照片学到更多，请选择最难的负样本或更大的间隔，或者结束训练。</translation>
    </message>
    <message>
        <source>Anchor, positive (the same person) and negative (somebody else). A triplet is right when the second distance is larger than the first by the margin.</source>
        <translation>锚、正样本（同一人）和负样本（别人）。第二个距离比第一个大出间隔时，这个三元组就对了。</translation>
    </message>
    <message>
        <source>d(A, P) {positive} · d(A, N) {negative}
{name} – {other}</source>
        <translation>d(A, P) {positive} · d(A, N) {negative}
{name} – {other}</translation>
    </message>
</context>
<context>
    <name>UnitPage</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Watch live</source>
        <translation>实时观看</translation>
    </message>
    <message>
        <source>Adds a meter of this unit to the live camera</source>
        <translation>在实时页面加入这个单元的指示条</translation>
    </message>
    <message>
        <source>Use in Paint</source>
        <translation>用于绘画</translation>
    </message>
    <message>
        <source>Opens Paint with this unit as a force: the painting is pushed towards what excites it</source>
        <translation>打开“绘画”，并让这个单元起作用：画面会趋向使它兴奋的内容</translation>
    </message>
    <message>
        <source>The unit before</source>
        <translation>上一个单元</translation>
    </message>
    <message>
        <source>The next unit</source>
        <translation>下一个单元</translation>
    </message>
    <message>
        <source>Tabs before</source>
        <translation>前面的标签页</translation>
    </message>
    <message>
        <source>More tabs</source>
        <translation>更多标签页</translation>
    </message>
    <message>
        <source>{layer}, unit {unit}</source>
        <translation>{layer}，单元 {unit}</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>upper bound</source>
        <translation>上界</translation>
    </message>
</context>
<context>
    <name>UnitRow</name>
    <message>
        <source>Look at this layer in Explain</source>
        <translation>在“解释”中查看此层</translation>
    </message>
    <message>
        <source>Paint without a unit</source>
        <translation>绘画时不用单元</translation>
    </message>
    <message>
        <source>There is no such unit. Write it like conv4_1:12, or conv4_1 for the whole layer.</source>
        <translation>没有这样的单元。请写成 conv4_1:12；整层写成 conv4_1。</translation>
    </message>
</context>
<context>
    <name>VerifyPage</name>
    <message>
        <source>Looking… {done} of {total}</source>
        <translation>正在看… {done} / {total}</translation>
    </message>
    <message>
        <source>Reading the photo…</source>
        <translation>正在读取照片…</translation>
    </message>
    <message>
        <source>Somebody says a name: the face is compared with this person only.</source>
        <translation>来人报出姓名后，只与这个人的人脸比对。</translation>
    </message>
    <message>
        <source>Claimed name</source>
        <translation>所报姓名</translation>
    </message>
    <message>
        <source>Verify with the camera</source>
        <translation>用摄像头核实</translation>
    </message>
    <message>
        <source>Or drop a photo here</source>
        <translation>或把照片拖到这里</translation>
    </message>
    <message>
        <source>Of the person who claims the name. Click to choose.</source>
        <translation>报出该姓名者的照片。点击可选择文件。</translation>
    </message>
    <message>
        <source>Yes, this is {name}</source>
        <translation>是的，这是 {name}</translation>
    </message>
    <message>
        <source>Not verified as {name}</source>
        <translation>未能核实为 {name}</translation>
    </message>
    <message>
        <source>Try again, or ask for another proof.</source>
        <translation>请再试一次，或要求其他证明。</translation>
    </message>
    <message>
        <source>Choose the claimed name first.</source>
        <translation>请先选择所报姓名。</translation>
    </message>
    <message>
        <source>Start a camera first.</source>
        <translation>请先启动摄像头。</translation>
    </message>
    <message>
        <source>Choose the claimed name first</source>
        <translation>请先选择所报姓名</translation>
    </message>
    <message>
        <source>Then drop the photo again.</source>
        <translation>然后再把照片拖进来。</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>The desk screen is open</source>
        <translation>前台屏幕已打开</translation>
    </message>
    <message>
        <source>The camera is there. Decisions appear at the left.</source>
        <translation>摄像头由其使用。判定显示在左侧。</translation>
    </message>
    <message>
        <source>Who is there?</source>
        <translation>来的是谁？</translation>
    </message>
    <message>
        <source>Choose a source above, or drop a photo, a video or a folder here.</source>
        <translation>请在上方选择来源，或把照片、视频或文件夹拖到这里。</translation>
    </message>
    <message>
        <source>Try with the sample pictures</source>
        <translation>用示例图片试一试</translation>
    </message>
</context>
<context>
    <name>VisitorsTab</name>
    <message>
        <source>Type the visitor&apos;s name first.</source>
        <translation>请先输入访客姓名。</translation>
    </message>
    <message>
        <source>Say what the face is used for first.</source>
        <translation>请先说明人脸的用途。</translation>
    </message>
    <message>
        <source>Ask for consent first, and tick the box.</source>
        <translation>请先征得同意并勾选。</translation>
    </message>
    <message>
        <source>A visitor who is announced with a photo is welcomed like everybody else. The encoding ends with the visit, or with the day.</source>
        <translation>用照片预约的访客与其他人一样受到欢迎。编码随来访或当天结束而失效。</translation>
    </message>
    <message>
        <source>Nobody is expected</source>
        <translation>没有预约的访客</translation>
    </message>
    <message>
        <source>Announce a visitor on the right, with one photo.</source>
        <translation>在右侧用一张照片预约访客。</translation>
    </message>
    <message>
        <source>Visitor</source>
        <translation>访客</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>接待人</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Expected visitors</source>
        <translation>预约的访客</translation>
    </message>
    <message>
        <source>Announce a visitor</source>
        <translation>预约访客</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Whom the visitor comes to see</source>
        <translation>访客要见的人</translation>
    </message>
    <message>
        <source>For example: entrance on this day</source>
        <translation>例如：当天的门禁</translation>
    </message>
    <message>
        <source>The visitor knows this and agrees</source>
        <translation>访客已知情并同意</translation>
    </message>
    <message>
        <source>Drop a photo of the visitor</source>
        <translation>拖入访客的照片</translation>
    </message>
    <message>
        <source>From the front. Click to choose.</source>
        <translation>正面照。点击可选择。</translation>
    </message>
    <message>
        <source>{name} is expected on {day}.</source>
        <translation>{name} 已预约 {day}。</translation>
    </message>
    <message>
        <source>has come</source>
        <translation>已到</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>未到</translation>
    </message>
    <message>
        <source>Looking at the photo…</source>
        <translation>正在查看照片…</translation>
    </message>
</context>
<context>
    <name>VisitsTab</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Who comes or leaves</source>
        <translation>谁来或离开</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>Check out</source>
        <translation>签退</translation>
    </message>
    <message>
        <source>Undo the last step</source>
        <translation>撤销上一步</translation>
    </message>
    <message>
        <source>Only who is inside</source>
        <translation>只看在内的人</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>存为 CSV…</translation>
    </message>
    <message>
        <source>Roll-call as PDF…</source>
        <translation>点名册 PDF…</translation>
    </message>
    <message>
        <source>The visits of today, and who is still inside. Works without a camera: for an evacuation too.</source>
        <translation>今天的来访以及仍在内的人。无需摄像头：疏散时也可用。</translation>
    </message>
    <message>
        <source>Visits of today</source>
        <translation>今天的来访</translation>
    </message>
    <message>
        <source>Came</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>by</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>前台</translation>
    </message>
    <message>
        <source>Roll-call: {count} inside</source>
        <translation>点名：{count} 人在内</translation>
    </message>
    <message>
        <source>The roll-call is in {file}.</source>
        <translation>点名册已写入 {file}。</translation>
    </message>
    <message>
        <source>The visits are in {file}.</source>
        <translation>来访记录已写入 {file}。</translation>
    </message>
    <message>
        <source>face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>claim</source>
        <translation>声明</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>在内</translation>
    </message>
    <message>
        <source>Nobody is inside.</source>
        <translation>没有人在内。</translation>
    </message>
    <message>
        <source>Nobody came today.</source>
        <translation>今天没有人来。</translation>
    </message>
    <message>
        <source>Inside now: {count}</source>
        <translation>现在在内：{count}</translation>
    </message>
    <message>
        <source>Save the visits</source>
        <translation>保存来访记录</translation>
    </message>
    <message>
        <source>Save the roll-call</source>
        <translation>保存点名册</translation>
    </message>
</context>
<context>
    <name>Voice</name>
    <message>
        <source>Welcome, {name}</source>
        <translation>欢迎，{name}</translation>
    </message>
</context>
<context>
    <name>WallsPage</name>
    <message>
        <source>Two layers</source>
        <translation>两层并排</translation>
    </message>
    <message>
        <source>Show a second layer beside this one</source>
        <translation>在旁边显示另一层</translation>
    </message>
    <message>
        <source>Saves the units on screen as a picture or a page</source>
        <translation>把屏幕上的单元保存为图片或网页</translation>
    </message>
    <message>
        <source>Save figure…</source>
        <translation>保存插图…</translation>
    </message>
    <message>
        <source>Every unit is shown with the nine patches that excite it most.</source>
        <translation>每个单元显示最能激发它的九个图块。</translation>
    </message>
    <message>
        <source>settling…</source>
        <translation>逐渐稳定中…</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张图片</translation>
    </message>
    <message>
        <source>{count} windows</source>
        <translation>{count} 个窗口</translation>
    </message>
    <message>
        <source>among each unit&apos;s {k} strongest</source>
        <translation>仅在每个单元最强的 {k} 张之中</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Scan the pictures on board</source>
        <translation>扫描自带图片</translation>
    </message>
    <message>
        <source>Scan generated recordings</source>
        <translation>扫描生成的记录</translation>
    </message>
    <message>
        <source>Scan generated volumes</source>
        <translation>扫描生成的体数据</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>The grid fills as soon as the first pictures went through the network.</source>
        <translation>第一批图片通过网络后，网格便会开始填充。</translation>
    </message>
    <message>
        <source>This layer opens as soon as the network has seen pictures. Scan those on board, or choose a folder of your own at the left and press Scan.</source>
        <translation>网络看过图片之后，这一层就会打开。请扫描自带图片，或在左侧选择自己的文件夹并按“扫描”。</translation>
    </message>
    <message>
        <source>What does every unit look for?</source>
        <translation>每个单元在寻找什么？</translation>
    </message>
    <message>
        <source>This small network looks at signals. Six motifs were planted in the recordings that it was trained on: in generated ones they come out as what its last units like best. Or choose a folder of WAV, CSV or NumPy files of your own.</source>
        <translation>这个小网络看的是信号。它的训练记录中埋入了六种模式：在生成的记录中，它们正是最后一层各单元最喜欢的内容。也可以选择自己的 WAV、CSV 或 NumPy 文件夹。</translation>
    </message>
    <message>
        <source>This small network looks at volumes. Four shapes were planted in those that it was trained on: in generated ones they come out as what its last units like best. Or choose a folder of NIfTI or NumPy files of your own.</source>
        <translation>这个小网络看的是体数据。它的训练数据中埋入了四种形状：在生成的体数据中，它们正是最后一层各单元最喜欢的内容。也可以选择自己的 NIfTI 或 NumPy 文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder of pictures at the left and press Scan. Every unit of the network is shown with the nine patches that excite it most: edges and colours in the first layer, textures in the second, then parts, faces and flowers.</source>
        <translation>在左侧选择一个图片文件夹，然后按“扫描”。网络的每个单元都会与最能激活它的九个图块一起显示：第一层是边缘和颜色，第二层是纹理，再往后是部件、面孔和花朵。</translation>
    </message>
</context>
</TS>
