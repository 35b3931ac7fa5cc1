package io.framegate.it.support;

import java.util.List;
import java.util.stream.Stream;

/** The dialects in which cameras and recorders send events with images. */
public enum Dialect {
    ONLY_WHAT_IS_NEEDED(
            "02_00_5E_20_01_01",
            List.of(""),
            """
            <config>
            <mac><![CDATA[02:00:5E:20:01:01]]></mac>
            <currentTime>1773221234567</currentTime>
            <sourceBase64Data><![CDATA[{0}]]></sourceBase64Data>
            </config>
            """),

    FACE(
            "02_00_5E_20_01_02",
            List.of("", "_face"),
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <config version="1.7" xmlns="http://www.ipc.com/ver10">
            <types><openAlramObj><enum>MOTION</enum><enum>VFD</enum></openAlramObj></types>
            <smartType type="openAlramObj">VFD</smartType>
            <subscribeOption type="subscribeRelation">FEATURE_RESULT</subscribeOption>
            <currentTime type="tint64">1773221234567890</currentTime>
            <mac type="string">
              <![CDATA[02:00:5e:20:01:02]]>
            </mac>
            <sn type="string"><![CDATA[FGIT0002]]></sn>
            <deviceName type="string"><![CDATA[Südtor 门]]></deviceName>
            <sourceDataInfo>
            <dataType type="uint32">0</dataType>
            <width type="uint32">0</width>
            <height type="uint32">0</height>
            <sourceBase64Length type="uint32">12</sourceBase64Length>
            <sourceBase64Data type="string"><![CDATA[{0}]]></sourceBase64Data>
            </sourceDataInfo>
            <listInfo type="list" count="1">
            <item>
            <targetId type="uint32">9</targetId>
            <sex type="sexType">female</sex>
            <targetImageData>
            <targetBase64Length type="uint32">7</targetBase64Length>
            <targetBase64Data type="string"><![CDATA[{1}]]></targetBase64Data>
            </targetImageData>
            </item>
            </listInfo>
            </config>
            """),

    PERIMETER_WITH_CROPS_NAMED_SOURCE(
            "02_00_5E_20_01_03",
            List.of("", "_target"),
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <config version="1.7" xmlns="http://www.ipc.com/ver10">
            <smartType type="openAlarmObj">PEA</smartType>
            <currentTime type="tint64">1773221234</currentTime>
            <mac>02-00-5e-20-01-03</mac>
            <perimeterInfo type="list" count="1"><item><eventId type="uint32">3</eventId></item></perimeterInfo>
            <sourceDataInfo>
            <sourceBase64Data type="string">
              <![CDATA[{0}]]>
            </sourceBase64Data>
            </sourceDataInfo>
            <listInfo><item><targetId>4</targetId>
            <targetImageData><sourceBase64Data><![CDATA[{1}]]></sourceBase64Data></targetImageData>
            </item></listInfo>
            </config>
            """),

    PLATE(
            "02_00_5E_20_01_04",
            List.of("", "_plate"),
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <config version="1.7" xmlns="http://www.ipc.com/ver10">
            <smartType type="openAlramObj">VEHICE</smartType>
            <currentTime type="tint64">1773221234567</currentTime>
            <mac type="string"><![CDATA[02:00:5E:20:01:04]]></mac>
            <listInfo type="list" count="2">
            <item><image type="tuint32">0</image><plateNumber type="string"><![CDATA[]]></plateNumber>
            <targetImageData><targetBase64Data type="string"><![CDATA[{0}]]></targetBase64Data></targetImageData></item>
            <item><image type="tuint32">1</image><plateNumber type="string"><![CDATA[FG 17]]></plateNumber>
            <targetImageData><targetBase64Data type="string"><![CDATA[{1}]]></targetBase64Data></targetImageData></item>
            </listInfo>
            </config>
            """),

    PLATE_WITHOUT_CDATA(
            "02_00_5E_20_01_05",
            List.of("", "_plate"),
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <config version="1.7" xmlns="http://www.ipc.com/ver10">
            <smartType type="openAlarmObj">VEHICLE</smartType>
            <currentTime type="tint64">1773221234567890</currentTime>
            <mac type="string">02:00:5E:20:01:05</mac>
            <listInfo type="list" count="2">
            <item><image>0</image><plateNumber></plateNumber><PlateConfidence type="uint32" count="0"/>
            <targetImageData><targetBase64Data type="string">{76 0}</targetBase64Data></targetImageData></item>
            <item><image>1</image><plateNumber>FG 18</plateNumber>
            <targetImageData><targetBase64Data type="string">
            {76 1}
            </targetBase64Data></targetImageData></item>
            </listInfo>
            </config>
            """),

    STRUCTURE(
            "02_00_5E_20_01_06",
            List.of("", "_target"),
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <config version="1.7" xmlns="http://www.ipc.com/ver10">
            <smartType type="openAlramObj">VSD</smartType>
            <currentTime type="tint64">1773221234567890</currentTime>
            <mac>02005E200106</mac>
            <vsd>
            <sourceDataInfo><sourceBase64Data><![CDATA[{0}]]></sourceBase64Data></sourceDataInfo>
            <targetInfo><targetId>6</targetId><targetType>person</targetType>
            <targetImageData><targetBase64Data><![CDATA[{1}]]></targetBase64Data></targetImageData></targetInfo>
            </vsd>
            </config>
            """),

    FACE_MATCH_WITHOUT_MAC(
            "127.0.0.1",
            List.of("", "_snapshot", "_album"),
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <config version="1.7" xmlns="http://www.ipc.com/ver10">
            <smartType type="openAlramObj">VFD_MATCH</smartType>
            <currentTime type="tint64">1773221234567890</currentTime>
            <albumInfo><name type="string"><![CDATA[Ñandú 雪]]></name></albumInfo>
            <snapData><ImageData><Base64Data type="string"><![CDATA[{0}]]></Base64Data></ImageData></snapData>
            <albumData><ImageData><Base64Data type="string"><![CDATA[{1}]]></Base64Data></ImageData></albumData>
            <sourceData><ImageData><Base64Data type="string"><![CDATA[{2}]]></Base64Data></ImageData></sourceData>
            </config>
            """),

    RECORDER(
            "02_00_5E_20_01_08-ch2",
            List.of("", "_target", "_face", "_plate"),
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <config version="2.0.0" xmlns="http://www.ipc.com/ver10">
            <messageType>alarmData</messageType>
            <deviceInfo>
            <deviceName><![CDATA[Lager]]></deviceName>
            <ip><![CDATA[198.51.100.8]]></ip>
            <mac><![CDATA[02:00:5E:20:01:08]]></mac>
            <channelId>2</channelId>
            </deviceInfo>
            <smartType>regionIntrusion</smartType>
            <currentTime>1773221234567890</currentTime>
            <sourceDataInfo><sourceBase64Data>{0}</sourceBase64Data></sourceDataInfo>
            <targetListInfo><item><targetId>1</targetId>
            <targetImageData><targetBase64Data>{1}</targetBase64Data></targetImageData></item></targetListInfo>
            <faceListInfo>
            <item><targetId>2</targetId><targetImageData><targetBase64Data/></targetImageData></item>
            <item><targetId>3</targetId>
            <targetImageData><targetBase64Data><![CDATA[{2}]]></targetBase64Data></targetImageData></item>
            </faceListInfo>
            <licensePlateListInfo><item><targetId>4</targetId><plateNumber>FG 19</plateNumber>
            <targetImageData><targetBase64Data>{3}</targetBase64Data></targetImageData></item></licensePlateListInfo>
            </config>
            """),

    MIXED_CASE_AND_IMPOSSIBLE_TIME(
            "02_00_5E_20_01_09",
            List.of(""),
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <config version="2.1.0" xmlns="http://www.ipc.com/ver10">
            <SmartType>AOI</SmartType>
            <CurrentTime>17732212345678901234</CurrentTime>
            <MAC>02:00:5e:20:01:09</MAC>
            <SourceDataInfo><SourceBase64Data>{0}</SourceBase64Data></SourceDataInfo>
            </config>
            """),

    END_TAG_IN_COMMENT_AND_CDATA(
            "02_00_5E_20_01_10",
            List.of("", "_target"),
            """
            <?xml version="1.0" encoding="UTF-8" ?>
            <config version="1.7" xmlns="http://www.ipc.com/ver10">
            <!-- not yet: </config> -->
            <smartType type="openAlramObj">CDD</smartType>
            <currentTime type="tint64">1773221234567890</currentTime>
            <mac><![CDATA[02:00:5E:20:01:10]]></mac>
            <deviceName><![CDATA[</config>]]></deviceName>
            <sourceDataInfo><sourceBase64Data><![CDATA[{0}]]></sourceBase64Data></sourceDataInfo>
            <listInfo><item><targetImageData><targetBase64Data><![CDATA[{1}]]></targetBase64Data></targetImageData></item></listInfo>
            </config>
            """);

    private final String cameraName;

    @SuppressWarnings("ImmutableEnumChecker") // from List.of
    private final List<String> suffixes;

    private final String template;

    Dialect(String cameraName, List<String> suffixes, String template) {
        this.cameraName = cameraName;
        this.suffixes = suffixes;
        this.template = template;
    }

    /** How the camera is called in the names of its images. */
    public String cameraName() {
        return cameraName;
    }

    /** What the names of a packet's images end with, in no order. */
    public List<String> suffixes() {
        return suffixes;
    }

    /** A packet with images of its own. */
    public CameraPacket packet() {
        return CameraPacket.of(
                template, Stream.generate(Pictures::jpeg).limit(suffixes.size()).toArray(byte[][]::new));
    }
}
