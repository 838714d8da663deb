<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
    <name>Choices</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>A folder of pictures</source>
        <translation>图片文件夹</translation>
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
        <source>sees {size} px, stride {stride}</source>
        <translation>感受野 {size} 像素，步幅 {stride}</translation>
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
        <source>Type the name first.</source>
        <translation>请先输入姓名。</translation>
    </message>
    <message>
        <source>Start a camera first.</source>
        <translation>请先启动摄像头。</translation>
    </message>
    <message>
        <source>Type the name first</source>
        <translation>请先输入姓名</translation>
    </message>
    <message>
        <source>Then drop the photo again.</source>
        <translation>然后再把照片拖进来。</translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>Saved {name}.</source>
        <translation>已保存 {name}。</translation>
    </message>
    <message>
        <source>Save figure…</source>
        <translation>保存图表…</translation>
    </message>
    <message>
        <source>{images} pictures scanned, {units} units.</source>
        <translation>已扫描 {images} 张图片，{units} 个单元。</translation>
    </message>
    <message>
        <source>The scan was stopped. What was scanned so far is kept.</source>
        <translation>扫描已停止。已扫描的内容会保留。</translation>
    </message>
    <message>
        <source>{count} of the scanned pictures are no longer in the folder. Scan again.</source>
        <translation>有 {count} 张已扫描的图片不在文件夹中了。请重新扫描。</translation>
    </message>
    <message>
        <source>The stored scan does not fit any more. Scan the pictures again.</source>
        <translation>保存的扫描结果已不再适用。请重新扫描图片。</translation>
    </message>
    <message>
        <source>{units} units, each with the nine patches that excite it most</source>
        <translation>{units} 个单元，每个单元显示最能激活它的九个图块</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张图片</translation>
    </message>
    <message>
        <source>scan not finished</source>
        <translation>扫描未完成</translation>
    </message>
    <message>
        <source>{count} files skipped</source>
        <translation>跳过 {count} 个文件</translation>
    </message>
    <message>
        <source>{network}: getting ready…</source>
        <translation>{network}：正在准备…</translation>
    </message>
    <message>
        <source>{network}: {done} of {total} pictures seen</source>
        <translation>{network}：已看过 {done} / {total} 张图片</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>保存图表</translation>
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
        <source>Scale</source>
        <translation>尺度</translation>
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
        <source>All alike</source>
        <translation>全部相同</translation>
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
        <source>features for Explain</source>
        <translation>用于解释的特征</translation>
    </message>
    <message>
        <source>face detector</source>
        <translation>人脸检测</translation>
    </message>
    <message>
        <source>face encoder</source>
        <translation>人脸编码</translation>
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
        <source>Style strength β</source>
        <translation>风格强度 β</translation>
    </message>
    <message>
        <source>Weight of the style loss. Ten times more is clearly more painterly.</source>
        <translation>风格损失的权重。增大十倍，画意明显更浓。</translation>
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
        <source>Amount of colour</source>
        <translation>颜色程度</translation>
    </message>
    <message>
        <source>How much of the photo&apos;s colours, from 0 (as painted) to 1.</source>
        <translation>照片颜色所占的程度，从 0（保持画作）到 1。</translation>
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
        <source>Learning rate</source>
        <translation>学习率</translation>
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
        <source>Gram matrices as in the paper, or a Wasserstein distance, which wants a tenth of β.</source>
        <translation>如论文用 Gram 矩阵，或用 Wasserstein 距离（β 取十分之一）。</translation>
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
        <source>Content weight α</source>
        <translation>内容权重 α</translation>
    </message>
    <message>
        <source>Weight of the content loss. Only its ratio to β matters.</source>
        <translation>内容损失的权重。只有它与 β 的比值起作用。</translation>
    </message>
    <message>
        <source>λ relu1_1 · grain</source>
        <translation>λ relu1_1 · 颗粒</translation>
    </message>
    <message>
        <source>Share of this layer in the style loss (λ).</source>
        <translation>这一层在风格损失中的份额（λ）。</translation>
    </message>
    <message>
        <source>λ relu2_1 · texture</source>
        <translation>λ relu2_1 · 纹理</translation>
    </message>
    <message>
        <source>λ relu3_1 · strokes</source>
        <translation>λ relu3_1 · 笔触</translation>
    </message>
    <message>
        <source>λ relu4_1 · shapes</source>
        <translation>λ relu4_1 · 形状</translation>
    </message>
    <message>
        <source>λ relu5_1 · composition</source>
        <translation>λ relu5_1 · 构图</translation>
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
</context>
<context>
    <name>OptionForm</name>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
</context>
<context>
    <name>PaintPanel</name>
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
        <source>{width} × {height} pixels; about {memory} GB of memory, less in tiles.</source>
        <translation>{width} × {height} 像素；约需 {memory} GB 内存，分块时更少。</translation>
    </message>
    <message>
        <source>Paint all: {contents} × {styles}…</source>
        <translation>全部绘制：{contents} × {styles}…</translation>
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
        <source>It was left as it is. Put a backup in its place.</source>
        <translation>内容保持原样。请用备份替换。</translation>
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
    <name>UnitPage</name>
    <message>
        <source>Choose a patch to see the photo it was cut from.</source>
        <translation>选择一个图块，查看它来自哪张照片。</translation>
    </message>
    <message>
        <source>{layer}, unit {unit}</source>
        <translation>{layer}，单元 {unit}</translation>
    </message>
    <message>
        <source>Sees {size} pixels of the network&apos;s input, one step every {stride}. {exactness}</source>
        <translation>感受野为网络输入的 {size} 像素，每 {stride} 像素移动一步。{exactness}</translation>
    </message>
    <message>
        <source>Exact.</source>
        <translation>精确值。</translation>
    </message>
    <message>
        <source>Upper bound.</source>
        <translation>上界。</translation>
    </message>
    <message>
        <source>{file}
activation {value} at row {row}, column {column}</source>
        <translation>{file}
激活值 {value}，第 {row} 行，第 {column} 列</translation>
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
    <name>Wall</name>
    <message>
        <source>Unit {number}</source>
        <translation>单元 {number}</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Scan the pictures on board</source>
        <translation>扫描自带图片</translation>
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
        <source>What does every unit look for?</source>
        <translation>每个单元在寻找什么？</translation>
    </message>
    <message>
        <source>Choose a folder of pictures at the left and press Scan. Every unit of the network is shown with the nine patches that excite it most: edges and colours in the first layer, textures in the second, then parts, faces and flowers.</source>
        <translation>在左侧选择一个图片文件夹，然后按“扫描”。网络的每个单元都会与最能激活它的九个图块一起显示：第一层是边缘和颜色，第二层是纹理，再往后是部件、面孔和花朵。</translation>
    </message>
</context>
</TS>
