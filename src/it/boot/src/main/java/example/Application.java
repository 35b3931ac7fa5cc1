package example;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Application {

    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }

    @Bean
    ConnectionFactory broker(
            @Value("${broker.url}") String url,
            @Value("${broker.user}") String user,
            @Value("${broker.password}") String password) {
        return new ActiveMQConnectionFactory(url, user, password);
    }
}
