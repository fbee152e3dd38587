//! `rialto seed` and `rialto token`.

use super::on_both;

on_both! {
    fn the_demo_shop_is_made_once(terminal: Terminal) {
        terminal.ok("migrate up");
        let first = terminal.ok("seed --products 30");
        assert!(first.contains("admin@demo.rialto.shop"), "{first}");
        assert!(first.contains("30 products made, 0 were there already"), "{first}");
        let again = terminal.ok("seed --products 40");
        assert!(again.contains("10 products made, 30 were there already"), "{again}");
        assert_eq!(terminal.run("check").out, "");
    }

    fn outside_the_sandbox_there_is_no_demo(terminal: Terminal) {
        terminal.ok("migrate up");
        let key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        let variables = [("RIALTO_SANDBOX", "false"), ("RIALTO_SECRET_KEY", key)];
        let ran = terminal.run_with("seed", &variables);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("sandbox"), "{}", ran.err);
    }

    fn a_token_speaks_for_its_account(terminal: Terminal) {
        terminal.ok("migrate up");
        assert_eq!(terminal.run("token --role admin").code, 2, "nobody is there yet");
        terminal.ok("seed");
        let admin = terminal.ok("token --role admin");
        let shopper = terminal.ok("token --customer shopper@demo.rialto.shop --ttl 5m");
        let wrong = terminal.run("token --role admin --email support@demo.rialto.shop");
        assert_eq!(wrong.code, 2, "{}", wrong.err);
        assert_eq!(terminal.run("token --role guest").code, 2);
        let server = terminal.serve("serve");
        let channels = "{ channels { nodes { code } } }";
        let create = "mutation { channelUpdate(input: { id: \"channel_00000000000000000000000000\" }) \
            { errors { code } } }";
        let answer = server.ask(channels, Some(shopper.trim()));
        assert_eq!(answer["data"]["channels"]["nodes"][0]["code"], "eu", "{answer}");
        let answer = server.ask(create, Some(shopper.trim()));
        assert_ne!(answer["errors"], serde_json::Value::Null, "a shopper may not: {answer}");
        let answer = server.ask(create, Some(admin.trim()));
        let code = &answer["data"]["channelUpdate"]["errors"][0]["code"];
        assert_eq!(code, "NOT_FOUND", "{answer}");
        assert_eq!(server.stop(), 0);
    }
}
